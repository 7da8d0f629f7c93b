package dev.tidemark.webhook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The clients of configurations that a reload has replaced. A step under way still uses them, so
 * they are closed only after a while. For one thread at a time.
 */
final class Retired implements AutoCloseable {

  /** Longer than any sensible deadline of a step. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** Reloads in that time whose clients are kept: each has a few threads. */
  private static final int MOST = 20;

  private record One(Outside outside, long nanos) {}

  private final Deque<One> kept = new ArrayDeque<>();

  void add(Outside outside) {
    long now = System.nanoTime();
    kept.addLast(new One(outside, now));
    while (kept.size() > MOST || now - kept.getFirst().nanos() > KEPT.toNanos()) {
      kept.removeFirst().outside().close();
    }
  }

  @Override
  public void close() {
    kept.forEach(one -> one.outside().close());
    kept.clear();
  }
}
