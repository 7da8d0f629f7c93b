package dev.tidemark.exporter.health;

import dev.tidemark.engine.Measure;
import dev.tidemark.engine.growth.Numbers;

/** Amounts in sentences. */
final class Amounts {
  private Amounts() {}

  static String bytes(double value) {
    return Numbers.amount(value, Measure.BYTES);
  }

  static String percent(double share) {
    return Numbers.amount(share, Measure.RATIO);
  }

  static String count(double value) {
    return Numbers.brief(value);
  }

  static String seconds(double value) {
    return Numbers.amount(value, Measure.SECONDS);
  }
}
