package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that asks, judges and learns. Another pipeline takes over between two passes; what
 * the last one showed stays until the new one has reached the present.
 */
final class Evaluation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final Duration AFTER_A_MISTAKE = Duration.ofSeconds(10);
  private static final long CLOSE_MILLIS = 5_000;

  private final Consumer<Snapshot> onSnapshot;
  private final LinkedBlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "evaluation");
  private volatile Pipeline current;
  private volatile boolean closed;

  Evaluation(Pipeline first, Consumer<Snapshot> onSnapshot) {
    this.current = first;
    this.onSnapshot = onSnapshot;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  SourceStatus status() {
    return current.status();
  }

  /** From now on the quantiles that are exposed are these. */
  void show(SnapshotShape shape) {
    orders.add(() -> current.show(shape));
  }

  /** From the next pass on this one runs. */
  void replace(Pipeline other) {
    orders.add(
        () -> {
          current.replacedBy(other);
          current = other;
        });
  }

  private void run() {
    while (!closed) {
      Duration wait = pass();
      try {
        Runnable order = orders.poll(Math.max(wait.toMillis(), 1), TimeUnit.MILLISECONDS);
        if (order != null) {
          order.run();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration pass() {
    try {
      return current.runDue(onSnapshot);
    } catch (RuntimeException | Error e) { // this thread is the only one that learns
      LOG.error("a pass failed; what is shown ages until the next one succeeds", e);
      return AFTER_A_MISTAKE;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    current.close();
  }
}
