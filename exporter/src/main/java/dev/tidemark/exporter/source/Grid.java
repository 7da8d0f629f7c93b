package dev.tidemark.exporter.source;

import java.time.Duration;
import java.time.Instant;

/**
 * The slots k·interval since the epoch that everything is evaluated on, live or backfilled.
 *
 * @param interval at least a millisecond
 * @param delay how long after a slot its samples are taken to be complete
 * @param history how far back the first slot lies
 */
public record Grid(Duration interval, Duration delay, Duration history) {
  public Grid {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval is " + interval + ", must be at least 1ms");
    }
    if (delay.isNegative() || history.isNegative()) {
      throw new IllegalArgumentException("delay and history must not be negative");
    }
  }

  /** The length of a slot in milliseconds. */
  public long step() {
    return interval.toMillis();
  }

  /** The last slot whose samples are complete now. */
  public long due(Instant now) {
    return floor(now.toEpochMilli() - delay.toMillis());
  }

  /** The first slot to learn from when {@code due} is the last. */
  public long oldest(long due) {
    return floor(due - history.toMillis());
  }

  /** The slot at or before a moment. */
  public long floor(long millis) {
    return Math.floorDiv(millis, step()) * step();
  }
}
