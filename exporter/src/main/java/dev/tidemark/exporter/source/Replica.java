package dev.tidemark.exporter.source;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of several replicas and how it does. Its reader runs on one thread of its own. */
final class Replica implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  private final String name;
  private final ChunkSource reader;
  private final ExecutorService thread;
  private int failures;
  private Instant askAgain = Instant.EPOCH;
  private String failure = "";

  Replica(Replicas.Named named) {
    this.name = named.name();
    this.reader = named.reader();
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "replica " + named.name());
              made.setDaemon(true);
              return made;
            });
  }

  String name() {
    return name;
  }

  ChunkSource reader() {
    return reader;
  }

  /** What is wrong with it; empty when nothing is. */
  String failure() {
    return failure;
  }

  boolean isDue(Instant now) {
    return !now.isBefore(askAgain);
  }

  /**
   * Waits for its turn where what was asked before still hangs.
   *
   * @param done where the returned future is put when it has ended
   */
  Future<Chunk> ask(long first, int slots, BlockingQueue<Future<Chunk>> done) {
    return new ExecutorCompletionService<>(thread, done).submit(() -> reader.read(first, slots));
  }

  void answered() {
    if (failures > 0) {
      LOG.atInfo().addKeyValue("replica", name).log("replica answers again");
    }
    failures = 0;
    failure = "";
  }

  void failed(Instant now, String message) {
    if (!message.equals(failure)) {
      LOG.atWarn()
          .addKeyValue("replica", name)
          .addKeyValue("err", message)
          .log("a replica's answer is not used");
    }
    failures++;
    failure = message;
    askAgain = now.plus(Backoff.after(failures));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
