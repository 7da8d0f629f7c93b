package dev.tidemark.webhook.page;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Amounts() {}

  /** {@code 1.5 MiB}. */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** The two largest units: {@code 2h 5m}; {@code 0s} for what lies ahead. */
  static String duration(Duration duration) {
    long s = Math.max(0, duration.toSeconds());
    if (s < 60) {
      return s + "s";
    }
    if (s < 3_600) {
      return s / 60 + "m " + s % 60 + "s";
    }
    return s < 86_400
        ? s / 3_600 + "h " + s / 60 % 60 + "m"
        : s / 86_400 + "d " + s / 3_600 % 24 + "h";
  }

  /** An element that shows the second, in UTC, and holds the exact time. */
  static Html time(Instant at) {
    String shown = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return Tag.tag("time", shown.replace('T', ' ')).attr("datetime", at.toString());
  }
}
