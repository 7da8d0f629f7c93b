package dev.tidemark.promql.parse;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations. */
final class Numbers {
  /** As long as Go's time.Duration. */
  static final long LONGEST_MILLIS = Long.MAX_VALUE / 1_000_000;

  private static final Pattern UNITS =
      Pattern.compile(
          "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };
  private static final int LONG_BITS = 63;

  private Numbers() {}

  /**
   * As Go reads numbers: a leading 0 is octal where it can be, 0x hexadecimal up to 64 bits.
   *
   * @param text the whole text, for the place of an error
   */
  static double number(String text, Token token) throws ParseException {
    String digits = token.text().toLowerCase(Locale.ROOT).replace("_", "");
    double value;
    if (digits.startsWith("0x")) {
      BigInteger hex = new BigInteger(digits.substring(2), 16);
      value = hex.bitLength() > LONG_BITS ? Double.POSITIVE_INFINITY : hex.doubleValue();
    } else {
      value = decimal(digits);
    }
    if (Double.isInfinite(value)) {
      throw new ParseException(text, token, "the number is out of range");
    }
    return value;
  }

  private static double decimal(String digits) {
    if (digits.matches("0[0-7]+")) {
      BigInteger octal = new BigInteger(digits, 8);
      if (octal.bitLength() <= LONG_BITS) {
        return octal.doubleValue();
      }
    }
    return Double.parseDouble(digits);
  }

  /** {@code 1h30m}: units from large to small, each once; up to 292 years. */
  static long millis(String text, Token token) throws ParseException {
    Matcher units = UNITS.matcher(token.text());
    if (!units.matches()) {
      throw new ParseException(
          text, token, "bad duration: expected units in the order y w d h m s ms, each once");
    }
    BigInteger millis = BigInteger.ZERO;
    for (int i = 0; i < MILLIS.length; i++) {
      if (units.group(i + 1) != null) {
        millis =
            millis.add(new BigInteger(units.group(i + 1)).multiply(BigInteger.valueOf(MILLIS[i])));
      }
    }
    if (millis.compareTo(BigInteger.valueOf(LONGEST_MILLIS)) > 0) {
      throw new ParseException(text, token, "the duration is out of range");
    }
    return millis.longValue();
  }
}
