package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that asks, judges and learns for one source; so a source that hangs holds up no
 * other.
 */
final class Evaluation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);
  private static final Duration AFTER_A_MISTAKE = Duration.ofSeconds(1);
  private static final int LONGEST_DOUBLED = 9; // eight minutes

  /** So long a pass may take to hear that it is to end. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /** Supervisors kill what has not ended after half a minute. */
  private static final Duration LONGEST_SEAL = Duration.ofSeconds(15);

  private final Pipeline pipeline;
  private final Consumer<Snapshot> onSnapshot;
  private final Runnable onMistake;
  private final LinkedBlockingQueue<Order> orders = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private int failures;

  /**
   * @param onMistake called where a pass failed and the pipeline starts over
   */
  Evaluation(Pipeline pipeline, Consumer<Snapshot> onSnapshot, Runnable onMistake) {
    this.pipeline = pipeline;
    this.onSnapshot = onSnapshot;
    this.onMistake = onMistake;
    this.thread = new Thread(this::run, "evaluation " + pipeline.status().name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** What is done between two passes. */
  private interface Order {
    /** Returns whether a pass must follow at once. */
    boolean carryOut();
  }

  /** From now on the quantiles that are exposed are these. */
  void show(SnapshotShape shape) {
    orders.add(
        () -> {
          pipeline.show(shape);
          return true;
        });
  }

  /**
   * Looks something up between two passes, for a thread that waits for it.
   *
   * @return empty where the passes left no time for it in so long; it is not looked up then
   */
  <T> Optional<T> look(Function<Pipeline, T> question, Duration atMost) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Order order =
        () -> {
          try {
            answer.complete(question.apply(pipeline));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
          return false;
        };
    orders.add(order);
    try {
      return Optional.of(answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      boolean unused = orders.remove(order);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking something up failed", e.getCause());
    }
  }

  private void run() {
    try {
      while (!closed) {
        long due = System.nanoTime() + pass().toNanos();
        carryOutOrders(due);
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("told to stop");
    }
  }

  /** Until the next pass is due, or an order wants it; one order at least has its turn. */
  private void carryOutOrders(long due) throws InterruptedException {
    boolean passNow = false;
    do {
      long wait = Math.max(due - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(1));
      Order order = orders.poll(wait, TimeUnit.NANOSECONDS);
      passNow = order != null && order.carryOut();
    } while (!closed && !passNow && System.nanoTime() - due < 0);
  }

  private Duration pass() {
    try {
      Duration wait = pipeline.runDue(onSnapshot);
      if (pipeline.status().isLive()) {
        failures = 0;
      }
      return wait;
    } catch (RuntimeException | Error e) { // this thread is the only one that learns
      if (closed) { // told to stop in the middle of a question
        return Duration.ZERO;
      }
      return recover(e);
    }
  }

  /**
   * What the mistake left is half learnt: it is thrown away, and learnt again from the last
   * checkpoint. Where that fails too before the present is reached, from the source alone, and so
   * on by turns. What was shown before ages until then.
   */
  private Duration recover(Throwable mistake) {
    boolean fromShelf = failures % 2 == 0;
    Duration wait = AFTER_A_MISTAKE.multipliedBy(1L << Math.min(failures, LONGEST_DOUBLED));
    failures++;
    onMistake.run();
    LOG.atError()
        .setCause(mistake)
        .addKeyValue("source", pipeline.status().name())
        .addKeyValue("from", fromShelf ? "checkpoint" : "source")
        .addKeyValue("wait_s", wait.toSeconds())
        .log("a pass failed: learning again; what is shown ages until the present is reached");
    pipeline.startOver(fromShelf);
    return wait;
  }

  /** Ends the passes; {@link #close} waits for that. */
  void stop() {
    closed = true;
    orders.add(() -> false);
    pipeline.stop();
  }

  /**
   * Waits for the last pass to end and seals what it left. Not on the thread of the passes: where
   * that has to be interrupted it could write no file any more.
   */
  @Override
  public void close() {
    stop();
    try {
      if (ends(thread, LONGEST_STOP)) {
        Thread sealing = new Thread(pipeline::seal, "sealing " + pipeline.status().name());
        sealing.setDaemon(true);
        sealing.start();
        sealing.join(LONGEST_SEAL.toMillis());
      } else {
        LOG.atWarn()
            .addKeyValue("source", pipeline.status().name())
            .log("a pass does not end: what was learnt since the last checkpoint is not sealed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pipeline.close();
  }

  private static boolean ends(Thread thread, Duration soon) throws InterruptedException {
    thread.join(soon.toMillis());
    if (thread.isAlive()) {
      thread.interrupt();
      thread.join(soon.toMillis());
    }
    return !thread.isAlive();
  }
}
