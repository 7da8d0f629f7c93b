package dev.tidemark.e2e.corpus.nab;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.Sample;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import java.time.Duration;
import java.util.Arrays;

/**
 * The engine as a detector: the score of each row on both sides with the defaults. Only the
 * beginning of what is outside is told, as an alert is: a row counts by how far it exceeds the
 * highest score of the rows before it within the memory of an alert.
 */
final class BandDetector {
  private static final int QUIET_ROWS = 36;

  private BandDetector() {}

  /** Rows without a score, or no stranger than those just before, are 0. */
  static double[] scores(Dataset.Recorded series) {
    Duration interval = Duration.ofMillis(Math.max(1000, usualStep(series.millis)));
    SeriesShape shape = new SeriesShape(Side.BOTH, Reduce.MEDIAN, 0);
    Judge judge = new Judge(shape, JudgeConfig.defaults(interval));
    double[] raw = new double[series.values.length];
    for (int i = 0; i < raw.length; i++) {
      Sample sample = new Sample(series.millis[i], series.values[i], Double.NaN, 0);
      double score = judge.observe(sample, null).score();
      raw[i] = Double.isNaN(score) ? 0 : Math.max(0, score);
    }
    return beginnings(raw);
  }

  static double[] beginnings(double[] raw) {
    double[] scores = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      double before = 0;
      for (int j = Math.max(0, i - QUIET_ROWS); j < i; j++) {
        before = Math.max(before, raw[j]);
      }
      scores[i] = raw[i] > before ? raw[i] : 0;
    }
    return scores;
  }

  private static long usualStep(long[] millis) {
    long[] steps = new long[Math.max(1, millis.length - 1)];
    for (int i = 1; i < millis.length; i++) {
      steps[i - 1] = millis[i] - millis[i - 1];
    }
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }
}
