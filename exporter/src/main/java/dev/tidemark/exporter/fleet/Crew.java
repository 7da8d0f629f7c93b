package dev.tidemark.exporter.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that calls, and one helper for each other processor. Helpers begin when there is work
 * and end when there was none for some seconds, so nothing has to be closed. For one thread at a
 * time.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
  private static final long IDLE_SECONDS = 10;
  private static final Executor CALLER = Runnable::run;

  private final int helpers;
  private final ThreadPoolExecutor pool;
  private final AtomicLong helpedNanos = new AtomicLong();
  private boolean told;

  /**
   * @param hands how many work at a time, the caller among them
   */
  Crew(int hands) {
    this(hands, Crew::helper);
  }

  Crew(int hands, ThreadFactory threadFactory) {
    this.helpers = hands - 1;
    int threads = Math.max(1, helpers);
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads), // a call hands out no more, and waits for the end
            threadFactory);
    pool.allowCoreThreadTimeOut(true);
  }

  private static Thread helper(Runnable work) {
    Thread thread = new Thread(work, "judging");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Has all of it done, each by whoever is free, and returns when nobody works any more. What one
   * of them throws is thrown here; what was not begun by then is left undone.
   */
  void work(List<? extends Runnable> tasks) {
    AtomicInteger next = new AtomicInteger();
    Runnable hand =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
              tasks.get(i).run();
            }
          } finally {
            next.set(tasks.size());
          }
        };
    List<CompletableFuture<?>> done = new ArrayList<>();
    boolean helped = true;
    for (int i = 1; helped && i < Math.min(helpers + 1, tasks.size()); i++) {
      helped = help(hand, done);
    }
    done.add(CompletableFuture.runAsync(hand, CALLER)); // does not return before it is done
    try {
      CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException mistake ? mistake : e;
    }
  }

  private void helped(Runnable hand) {
    long before = Effort.ofThisThread();
    try {
      hand.run();
    } finally {
      helpedNanos.addAndGet(Effort.ofThisThread() - before);
    }
  }

  /** CPU time that helpers have worked so far. */
  long helpedNanos() {
    return helpedNanos.get();
  }

  /** Where the system gives no thread, those that are there do it all. */
  private boolean help(Runnable hand, List<CompletableFuture<?>> done) {
    try {
      done.add(CompletableFuture.runAsync(() -> helped(hand), pool));
      return true;
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      if (!told) {
        LOG.atWarn()
            .addKeyValue("err", e)
            .log("no thread to help with judging: raise the limit of threads (pids, ulimit -u)");
      }
      told = true;
      return false;
    }
  }
}
