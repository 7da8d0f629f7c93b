package dev.tidemark.exporter.page;

import dev.tidemark.engine.Judgement;
import dev.tidemark.exporter.fleet.SeriesView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which order series are shown; by id where they are equal, unknown and stale ones last. */
enum SeriesOrder {
  /** By target, then by signal. */
  ID,
  /** Who reaches its limit first. */
  TIME_TO_LIMIT,
  /** Furthest outside its band first. */
  SCORE,
  /** Fastest first, as a share of what is normal, so that bytes and goroutines compare. */
  GROWTH;

  private static final double LAST = Double.POSITIVE_INFINITY;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(SeriesOrder::word).toList();
  }

  static SeriesOrder of(String word) {
    return word.isEmpty() ? ID : valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Ascending; the same for equal ones, never NaN. */
  double key(SeriesView view, Instant now) {
    if (this == ID) {
      return 0;
    }
    Judgement judgement = view.judgement();
    double key =
        !view.isTrueAt(now)
            ? LAST
            : switch (this) {
              case ID -> 0;
              case TIME_TO_LIMIT -> judgement.timeToLimitSeconds();
              case SCORE -> -judgement.score();
              case GROWTH -> -shareAnHour(judgement);
            };
    return Double.isNaN(key) ? LAST : key + 0.0; // no -0
  }

  /** Growth an hour as a share of what is normal, else of what is. */
  static double shareAnHour(Judgement judgement) {
    double expected = judgement.expected();
    double normal = Math.abs(Double.isNaN(expected) ? judgement.value() : expected);
    return judgement.growthPerSecond() * 3600 / Math.max(normal, 1e-9);
  }
}
