package dev.tidemark.diagnosis.sched;

import org.jspecify.annotations.Nullable;

/** A count over time in fixed memory: at 256 points every second one goes. */
final class Trend {
  private static final int MOST = 256;
  private static final int PARTS = 4;

  private final long[] times = new long[MOST];
  private final long[] values = new long[MOST];
  private int size;
  private long stride = 1;
  private long seen;
  private long first;
  private long last;
  private long max;
  private double sum;

  void add(long millis, long value) {
    first = seen == 0 ? value : first;
    last = value;
    max = Math.max(max, value);
    sum += value;
    if (seen++ % stride != 0) {
      return;
    }
    if (size == MOST) {
      for (int i = 0; i < MOST / 2; i++) {
        times[i] = times[2 * i];
        values[i] = values[2 * i];
      }
      size = MOST / 2;
      stride *= 2;
    }
    times[size] = millis;
    values[size++] = value;
  }

  /** The lowest of a quarter of the points, 0 to 3. */
  long trough(int part) {
    long lowest = Long.MAX_VALUE;
    for (int i = part * size / PARTS; i < (part + 1) * size / PARTS; i++) {
      lowest = Math.min(lowest, values[i]);
    }
    return lowest;
  }

  /** Whether the lowest value rose from each quarter to the next. */
  boolean rises() {
    for (int part = 1; part < PARTS; part++) {
      if (size < 2 * PARTS || trough(part) <= trough(part - 1)) {
        return false;
      }
    }
    return true;
  }

  SchedReport.Level level() {
    return new SchedReport.Level(first, last, max, seen == 0 ? 0 : sum / seen, growth());
  }

  private @Nullable Double growth() {
    double seconds = size < 2 * PARTS ? 0 : (times[size - 1] - times[0]) / 1000.0 * 3 / 4;
    return seconds <= 0 ? null : Double.valueOf((trough(PARTS - 1) - trough(0)) / seconds);
  }
}
