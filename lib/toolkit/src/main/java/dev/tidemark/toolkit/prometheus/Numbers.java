package dev.tidemark.toolkit.prometheus;

import java.time.Duration;
import java.time.Instant;

/** Times and values as the API writes them. */
final class Numbers {
  // 9999-12-31; beyond it lies no time anyone means
  private static final double MAX_SECONDS = 253402300799d;

  /** Seconds with three decimals: exact, where a double would not be. */
  static String seconds(Instant time) {
    return seconds(time.toEpochMilli());
  }

  static String seconds(Duration duration) {
    return seconds(duration.toMillis());
  }

  private static String seconds(long millis) {
    String sign = millis < 0 ? "-" : "";
    long whole = Math.abs(millis);
    String fraction = String.valueOf(1000 + whole % 1000).substring(1);
    return sign + whole / 1000 + "." + fraction;
  }

  /** Milliseconds of a JSON number of seconds, rounded to the nearest. */
  static long millis(String text) {
    int dot = text.indexOf('.');
    int whole = dot < 0 ? text.length() : dot;
    int decimals = text.length() - whole - 1;
    if (whole > 0 && whole <= 12 && decimals <= 3 && plain(text)) {
      long seconds = Long.parseLong(text.substring(0, whole));
      long fraction = 0;
      for (int i = 1; i <= 3; i++) {
        fraction = fraction * 10 + (whole + i < text.length() ? text.charAt(whole + i) - '0' : 0);
      }
      return seconds * 1000 + fraction;
    }
    double seconds = Double.parseDouble(text);
    if (!(Math.abs(seconds) <= MAX_SECONDS)) {
      throw new NumberFormatException("no time: " + text);
    }
    return Math.round(seconds * 1000);
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** A sample's value, which the API writes as text. */
  static double value(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static double finite(String text) {
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    if (last < '0' || last > '9') {
      // Java alone would take "1d" and "Infinity"
      throw new NumberFormatException("no value: " + text);
    }
    return Double.parseDouble(text);
  }

  private Numbers() {}
}
