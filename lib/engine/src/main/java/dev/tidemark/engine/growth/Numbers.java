package dev.tidemark.engine.growth;

import java.util.Locale;

/** Numbers in a sentence: three digits that matter, thousands apart, no unit prefix. */
public final class Numbers {
  private Numbers() {}

  /** For example 4,870 or 38.2 or 0.0003; very small and very large ones as 1.2e-9. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (!(size < 1e15) || size < 1e-4) {
      return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1e", value) : value + "";
    }
    int decimals = size >= 100 ? 0 : 2;
    for (double s = size; s < 1 && decimals < 5; s *= 10) {
      decimals++;
    }
    long unit = 1;
    for (int i = 0; i < decimals; i++) {
      unit *= 10;
    }
    long scaled = Math.round(size * unit);
    StringBuilder text = new StringBuilder(16);
    if (value < 0) {
      text.append('-');
    }
    thousands(text, scaled / unit);
    fraction(text, scaled % unit, unit);
    return text.toString();
  }

  private static void thousands(StringBuilder text, long whole) {
    String digits = Long.toString(whole);
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
  }

  private static void fraction(StringBuilder text, long part, long unit) {
    if (part == 0) {
      return;
    }
    text.append('.');
    for (long u = unit / 10, rest = part; rest > 0; rest %= u, u /= 10) {
      text.append((char) ('0' + rest / u));
    }
  }

  /** A rate in the time unit that suits the window it was seen in, for example 38/h. */
  public static String rate(double perSecond, double windowSeconds) {
    if (windowSeconds >= 1800) {
      return brief(perSecond * 3600) + "/h";
    }
    return windowSeconds >= 90 ? brief(perSecond * 60) + "/min" : brief(perSecond) + "/s";
  }

  /** Seconds as a length of time, for example 5.2 h. */
  public static String time(double seconds) {
    if (seconds < 90) {
      return brief(seconds) + " s";
    }
    if (seconds < 90 * 60) {
      return brief(seconds / 60) + " min";
    }
    return seconds < 72 * 3600 ? brief(seconds / 3600) + " h" : brief(seconds / 86_400) + " d";
  }
}
