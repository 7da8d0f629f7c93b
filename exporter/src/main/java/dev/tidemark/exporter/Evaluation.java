package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that asks, judges and learns for one source; so a source that hangs holds up no
 * other.
 */
final class Evaluation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final Duration AFTER_A_MISTAKE = Duration.ofSeconds(10);
  private static final long CLOSE_MILLIS = 5_000;

  private final Pipeline pipeline;
  private final Consumer<Snapshot> onSnapshot;
  private final LinkedBlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  Evaluation(Pipeline pipeline, Consumer<Snapshot> onSnapshot) {
    this.pipeline = pipeline;
    this.onSnapshot = onSnapshot;
    this.thread = new Thread(this::run, "evaluation " + pipeline.status().name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** From now on the quantiles that are exposed are these. */
  void show(SnapshotShape shape) {
    orders.add(() -> pipeline.show(shape));
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
      return pipeline.runDue(onSnapshot);
    } catch (RuntimeException | Error e) { // this thread is the only one that learns
      if (closed) { // told to stop in the middle of a question
        return Duration.ZERO;
      }
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
    pipeline.close();
  }
}
