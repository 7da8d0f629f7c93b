package dev.tidemark.diagnosis.finding;

import java.util.Locale;

/** Numbers as people read them, the same in every language of the machine. */
public final class Quantity {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Quantity() {}

  /** With thousands separators: {@code 1,043}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** In the largest unit that leaves at least 1: {@code 512 B}, {@code 12.3 MiB}, signs kept. */
  public static String bytes(long number) {
    double value = number;
    int unit = 0;
    while (Math.abs(value) >= 1024 && unit < BYTES.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? number + " B"
        : String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value)
            + " "
            + BYTES[unit];
  }

  /** A part of a whole, 0 to 1, in percent: {@code 80 %}, {@code 0.4 %}. */
  public static String percent(double share) {
    double percent = share * 100;
    boolean small = Math.abs(percent) > 0 && Math.abs(percent) < 10;
    return String.format(Locale.ROOT, small ? "%.1f %%" : "%.0f %%", percent);
  }

  /** {@code 350 ms}, {@code 12.5 s}, {@code 3.2 h} of seconds, signs kept. */
  public static String seconds(double seconds) {
    double size = Math.abs(seconds);
    if (size < 0.001) {
      return digits(seconds * 1e6) + " us";
    }
    if (size < 1) {
      return digits(seconds * 1e3) + " ms";
    }
    if (size < 120) {
      return digits(seconds) + " s";
    }
    return size < 7200 ? digits(seconds / 60) + " min" : digits(seconds / 3600) + " h";
  }

  /** Three digits, or all that are before the point: {@code 1,234}, {@code 56.7}, {@code 0.01}. */
  public static String digits(double number) {
    double size = Math.abs(number);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    String text = String.format(Locale.ROOT, form, number);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
