package dev.tidemark.toolkit.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes durations as Prometheus does: {@code 1h30m}, {@code 500ms}, {@code 7d}, {@code
 * 0}. A day is 24 hours and a year 365 days. Syntax: ParseDuration in prometheus/common,
 * model/time.go.
 */
public final class PromDuration {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(\\d{1,19})y)?(?:(\\d{1,19})w)?(?:(\\d{1,19})d)?(?:(\\d{1,19})h)?(?:(\\d{1,19})m)?"
              + "(?:(\\d{1,19})s)?(?:(\\d{1,19})ms)?");
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
  };

  /** Prometheus keeps durations as 64-bit nanoseconds: about 292 years. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private PromDuration() {}

  /**
   * The duration a text names.
   *
   * @throws IllegalArgumentException when the text is no Prometheus duration, or longer than 292
   *     years
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (text.isEmpty() || text.length() > 100 || !matcher.matches()) {
      throw new IllegalArgumentException(
          "found " + Shown.text(text) + ", needs a duration such as 30s, 1h30m or 7d");
    }
    try {
      long millis = 0;
      for (int i = 0; i < UNITS.length; i++) {
        String digits = matcher.group(i + 1);
        if (digits != null) {
          millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(digits), MILLIS[i]));
        }
      }
      if (millis <= MAX_MILLIS) {
        return Duration.ofMillis(millis);
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // falls through to the one message for "too long"
    }
    throw new IllegalArgumentException(
        "found " + Shown.text(text) + ", which is longer than the 292y Prometheus can hold");
  }

  /**
   * The text people write: hours up to two days, then days, where those are whole. 1h, 24h, 7d,
   * 14d, else as {@link #format}.
   */
  public static String plain(Duration duration) {
    if (duration.compareTo(Duration.ofDays(2)) >= 0 && isWhole(duration, Duration.ofDays(1))) {
      return duration.toDays() + "d";
    }
    if (duration.compareTo(Duration.ofHours(1)) >= 0 && isWhole(duration, Duration.ofHours(1))) {
      return duration.toHours() + "h";
    }
    return format(duration);
  }

  private static boolean isWhole(Duration duration, Duration unit) {
    return duration.toMillis() % unit.toMillis() == 0;
  }

  /**
   * The shortest text Prometheus itself would print: years, weeks and days only where they divide
   * evenly at the front. What is below a millisecond is not written.
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    long rest = duration.toMillis();
    if (rest == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      boolean onlyWhole = i < 3;
      if (onlyWhole && rest % MILLIS[i] != 0) {
        continue;
      }
      long count = rest / MILLIS[i];
      if (count > 0) {
        text.append(count).append(UNITS[i]);
        rest -= count * MILLIS[i];
      }
    }
    return text.toString();
  }
}
