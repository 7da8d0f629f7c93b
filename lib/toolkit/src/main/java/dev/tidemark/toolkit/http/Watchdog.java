package dev.tidemark.toolkit.http;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs something when a deadline passes while a caller is blocked: the JDK's own timeout ends with
 * the reply's head. One daemon thread; the tasks only close a stream.
 */
final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  Watchdog(String destination) {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "deadlines-" + destination);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  Future<?> at(Deadline deadline, Runnable task) {
    return timer.schedule(task, Math.max(0, deadline.leftNanos()), TimeUnit.NANOSECONDS);
  }

  /** Takes nothing new; deadlines of calls under way still hold. */
  @Override
  public void close() {
    timer.shutdown();
  }
}
