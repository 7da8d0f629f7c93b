package dev.tidemark.promql.parse;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations. */
final class Numbers {
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  /** As long as Go's time.Duration. */
  private static final long LONGEST = Long.MAX_VALUE / 1_000_000;

  private Numbers() {}

  /** As Go reads numbers: a leading 0 is octal where it can be, 0x hexadecimal. */
  static double number(String text) {
    String digits = text.toLowerCase(Locale.ROOT).replace("_", "");
    if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16).doubleValue();
    }
    if (digits.matches("0[0-7]+")) {
      return new BigInteger(digits, 8).doubleValue();
    }
    return Double.parseDouble(digits);
  }

  /** {@code 1h30m}: units from large to small, each once; up to 292 years. */
  static Duration duration(String text, Token token) throws ParseException {
    Matcher units = UNITS.matcher(token.text());
    if (!units.matches()) {
      throw new ParseException(
          text,
          token.start(),
          "bad duration: expected units in the order y w d h m s ms, each once");
    }
    BigInteger millis = BigInteger.ZERO;
    for (int i = 0; i < MILLIS.length; i++) {
      if (units.group(i + 1) != null) {
        millis =
            millis.add(new BigInteger(units.group(i + 1)).multiply(BigInteger.valueOf(MILLIS[i])));
      }
    }
    return bounded(text, token, millis.doubleValue());
  }

  /** Seconds as a duration (3.0), to the millisecond. */
  static Duration seconds(String text, Token token) throws ParseException {
    return bounded(text, token, number(token.text()) * 1000);
  }

  private static Duration bounded(String text, Token token, double millis) throws ParseException {
    if (!(millis <= LONGEST)) {
      throw new ParseException(text, token.start(), "the duration is out of range");
    }
    return Duration.ofMillis(Math.round(millis));
  }
}
