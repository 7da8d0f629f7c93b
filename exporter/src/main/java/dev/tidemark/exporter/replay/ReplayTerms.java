package dev.tidemark.exporter.replay;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.SeriesShape;

/**
 * How recorded series are judged.
 *
 * @param limit where they die, NaN for none
 * @param mostSeries at a time; the rows of further ones are rejected
 */
public record ReplayTerms(SeriesShape shape, JudgeConfig judge, double limit, int mostSeries) {
  /** What a series takes at most while it is not frozen; 10 KB and its text. */
  private static final int BYTES_A_SERIES = 16_384;

  /** No more series than fit two thirds of the memory that the JVM may take. */
  public ReplayTerms {
    long fit = Runtime.getRuntime().maxMemory() / 3 * 2 / BYTES_A_SERIES;
    mostSeries = (int) Math.max(1, Math.min(mostSeries, fit));
  }
}
