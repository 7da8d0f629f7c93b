package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in a time: {@code 5/week}, {@code 1/12h}.
 *
 * @param count 0 or more; 0 means never
 * @param per longer than zero; a day is 24 hours, a month 30 days
 */
public record Rate(int count, Duration per) {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,6}) ?/ ?([0-9a-z]{1,20})");
  private static final Map<String, Duration> WORDS =
      Map.of(
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1),
          "week", Duration.ofDays(7),
          "month", Duration.ofDays(30));

  /** IllegalArgumentException says what was found and what would be right. */
  public static Rate parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (matcher.matches()) {
      Duration per = per(matcher.group(2));
      if (!per.isZero()) {
        return new Rate(Integer.parseInt(matcher.group(1)), per);
      }
    }
    throw new IllegalArgumentException(
        "found " + Shown.text(text) + ", needs a rate such as 5/week, 1/day or 2/12h");
  }

  /** How many that allows in a time, rounded up: of one a week, one is not too many for a day. */
  public long allowed(Duration time) {
    return (long) Math.ceil(count * (time.toMillis() / (double) per.toMillis()) - 1e-9);
  }

  private static Duration per(String text) {
    try {
      Duration word = WORDS.get(text);
      return word == null ? PromDuration.parse(text) : word;
    } catch (IllegalArgumentException e) {
      return Duration.ZERO;
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String word =
        WORDS.entrySet().stream()
            .filter(w -> w.getValue().equals(per))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseGet(() -> PromDuration.format(per));
    return count + "/" + word;
  }
}
