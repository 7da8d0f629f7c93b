package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.history.TsdbBlock;
import java.io.IOException;
import java.util.Arrays;

/**
 * The samples of one series that is written at a fixed interval, with the marks of Prometheus where
 * it was not there: what a scrape or a rule no longer gives ends at once, not after five minutes.
 */
final class Course {
  /** Prometheus' model/value: StaleNaN. */
  private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private final long step;
  private long[] millis = new long[16];
  private double[] values = new double[16];
  private int size;
  private long last;

  /**
   * @param step milliseconds between two samples
   */
  Course(long step) {
    this.step = step;
  }

  /** Samples come in the order of time; a second one of a time is left out. */
  void add(long time, double value) {
    if (size > 0 && time <= last) {
      return;
    }
    if (size > 0 && time - last > step) {
      put(last + step, STALE);
    }
    put(time, value);
    last = time;
  }

  private void put(long time, double value) {
    if (size == millis.length) {
      millis = Arrays.copyOf(millis, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    millis[size] = time;
    values[size] = value;
    size++;
  }

  /** Writes it as one that was looked at until then. */
  TsdbBlock.Samples write(TsdbBlock block, long until) throws IOException {
    if (last + step <= until) {
      put(last + step, STALE);
    }
    return block.write(Arrays.copyOf(millis, size), Arrays.copyOf(values, size));
  }
}
