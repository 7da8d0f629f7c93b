package dev.tidemark.engine.growth;

import dev.tidemark.engine.Measure;
import java.util.Locale;

/** Numbers in a sentence: three digits that matter, thousands apart. */
public final class Numbers {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

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

  /** A value with its unit, for example 4,870 or 84.2 MiB or 12 ms or 73.1 %. */
  public static String amount(double value, Measure measure) {
    return switch (measure) {
      case COUNT -> brief(value);
      case BYTES -> bytes(value);
      case SECONDS -> Math.abs(value) < 1 ? brief(value * 1000) + " ms" : time(value);
      case RATIO -> brief(value * 100) + " %";
    };
  }

  private static String bytes(double value) {
    double shown = value;
    int unit = 0;
    while (Math.abs(shown) >= 1023.5 && unit < BYTES.length - 1) {
      shown /= 1024;
      unit++;
    }
    return brief(shown) + " " + BYTES[unit];
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
  public static String rate(double perSecond, double windowSeconds, Measure measure) {
    if (windowSeconds >= 1800) {
      return amount(perSecond * 3600, measure) + "/h";
    }
    return windowSeconds >= 90
        ? amount(perSecond * 60, measure) + "/min"
        : amount(perSecond, measure) + "/s";
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
