package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The only thread that writes. It takes what waits, up to {@link #BATCH}, runs it in one
 * transaction and so pays one fsync for all of it: one caller gets some hundred writes a second, a
 * hundred callers several thousand. A request that fails leaves the others of its batch alone.
 * Thread-safe.
 */
final class Writer implements AutoCloseable {

  /** A write of one request. */
  interface Work<T> {
    T run(Sql sql) throws SQLException;
  }

  /** Requests in one transaction: bounds how long the first of them waits. */
  private static final int BATCH = 256;

  /**
   * Requests that wait: about a second of work. More means the disk cannot keep up, and callers
   * shall come again.
   */
  private static final int QUEUE = 4096;

  /** Bytes of the bodies that wait: the queue must not be what fills the heap. */
  private static final long QUEUE_BYTES = 64L << 20;

  private record Request<T>(Work<T> work, long bytes, CompletableFuture<T> answer) {
    void refuse(JournalException problem) {
      answer.completeExceptionally(problem);
    }
  }

  private final Sql sql;
  private final LongConsumer syncNanos;
  private final BlockingQueue<Request<?>> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong bytes = new AtomicLong();
  private final Thread thread = new Thread(this::loop, "journal-writer");
  private volatile boolean closed;

  Writer(Sql sql, LongConsumer syncNanos) {
    this.sql = sql;
    this.syncNanos = syncNanos;
    thread.start();
  }

  /** Queues a write that holds about that many bytes; never blocks. */
  <T> CompletableFuture<T> submit(long size, Work<T> work) {
    Request<T> request = new Request<>(work, size, new CompletableFuture<>());
    if (closed) {
      request.refuse(new JournalException(Reason.CLOSED, "the journal is closing"));
    } else if (bytes.addAndGet(size) > QUEUE_BYTES || !queue.offer(request)) {
      bytes.addAndGet(-size);
      request.refuse(new JournalException(Reason.FULL, "the journal's queue is full"));
    } else if (closed && queue.remove(request)) {
      // closed between the question and the queue: the thread may be gone, nobody would answer
      request.refuse(new JournalException(Reason.CLOSED, "the journal is closing"));
    }
    return request.answer();
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (Request<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.refuse(new JournalException(Reason.CLOSED, "the journal is closing"));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    List<Request<?>> batch = new ArrayList<>(BATCH);
    while (!closed || !queue.isEmpty()) {
      Request<?> first = next();
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH - 1);
        for (Request<?> request : batch) {
          bytes.addAndGet(-request.bytes());
        }
        write(batch);
        batch.clear();
      }
    }
  }

  private @Nullable Request<?> next() {
    try {
      return queue.poll(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }

  private void write(List<Request<?>> batch) {
    List<Runnable> done = new ArrayList<>(batch.size());
    try {
      sql.run("BEGIN IMMEDIATE");
      for (Request<?> request : batch) {
        Runnable one = attempt(request);
        if (one != null) {
          done.add(one);
        }
      }
      long before = System.nanoTime();
      sql.run("COMMIT");
      syncNanos.accept(System.nanoTime() - before);
    } catch (SQLException | RuntimeException | Error e) {
      // an Error too, such as no memory: without this thread every caller would wait for ever
      rollback();
      JournalException problem = unwritten(e);
      batch.forEach(request -> request.refuse(problem));
      return;
    }
    done.forEach(Runnable::run);
  }

  private <T> @Nullable Runnable attempt(Request<T> request) throws SQLException {
    sql.run("SAVEPOINT one");
    try {
      T result = request.work().run(sql);
      sql.run("RELEASE one");
      return () -> request.answer().complete(result);
    } catch (SQLException e) {
      undoOne();
      request.refuse(unwritten(e));
      return null;
    } catch (RuntimeException | Error e) {
      // the caller gets it; whatever it is, the thread that serves everyone goes on
      undoOne();
      request.answer().completeExceptionally(e);
      return null;
    }
  }

  /** Throws when SQLite has rolled back the whole transaction by itself: full disk, I/O error. */
  private void undoOne() throws SQLException {
    sql.forget();
    sql.run("ROLLBACK TO one");
    sql.run("RELEASE one");
  }

  private static JournalException unwritten(Throwable e) {
    return new JournalException(
        Reason.WRITE, "the journal could not be written: " + e.getMessage(), e);
  }

  private void rollback() {
    try {
      sql.forget();
      sql.run("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // SQLite rolls back by itself on a full disk or an I/O error; there is nothing left to undo
    }
  }
}
