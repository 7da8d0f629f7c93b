package dev.tidemark.exporter.replay;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.WindowShape;

/**
 * How recorded series are judged.
 *
 * @param limit where they die, NaN for none
 * @param mostSeries at a time; the rows of further ones are rejected
 */
public record ReplayTerms(SeriesShape shape, JudgeConfig judge, double limit, int mostSeries) {
  /** What a series takes beside its slots at most while it is not frozen, with its text. */
  private static final long BYTES_A_SERIES = 9_000;

  private static final long BYTES_A_SLOT = 2;

  /** No more series than fit two thirds of the memory that the JVM may take. */
  public ReplayTerms {
    long slots = judge.windows().stream().mapToInt(WindowShape::slots).sum();
    long bytes = BYTES_A_SERIES + BYTES_A_SLOT * slots;
    long fit = Runtime.getRuntime().maxMemory() / 3 * 2 / bytes;
    mostSeries = (int) Math.max(1, Math.min(mostSeries, fit));
  }
}
