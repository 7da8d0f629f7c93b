package dev.tidemark.exporter.health;

import dev.tidemark.engine.growth.Numbers;

/** Amounts in sentences. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Amounts() {}

  static String bytes(double value) {
    double shown = value;
    int unit = 0;
    while (Math.abs(shown) >= 1024 && unit < UNITS.length - 1) {
      shown /= 1024;
      unit++;
    }
    return Numbers.brief(shown) + " " + UNITS[unit];
  }

  static String percent(double share) {
    return Numbers.brief(share * 100) + " %";
  }

  static String count(double value) {
    return Numbers.brief(value);
  }

  static String seconds(double value) {
    return value < 1 ? Numbers.brief(value * 1000) + " ms" : Numbers.time(value);
  }
}
