package dev.tidemark.exporter.fleet;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The thread that calls, and one helper for each other processor. Helpers begin when there is work
 * and end when there was none for some seconds, so nothing has to be closed. For one thread at a
 * time.
 */
final class Crew {
  private static final long IDLE_SECONDS = 10;
  private static final Executor CALLER = Runnable::run;

  private final int helpers;
  private final ThreadPoolExecutor pool;

  /**
   * @param hands how many work at a time, the caller among them
   */
  Crew(int hands) {
    this.helpers = hands - 1;
    int threads = Math.max(1, helpers);
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(threads), // a call hands out no more, and waits for the end
            Crew::helper);
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
    int hands = Math.min(helpers + 1, tasks.size());
    CompletableFuture<?>[] done =
        IntStream.range(0, hands)
            .map(i -> hands - 1 - i) // the caller's own last, for it does not return before
            .mapToObj(i -> CompletableFuture.runAsync(hand, i == 0 ? CALLER : pool))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(done).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException mistake ? mistake : e;
    }
  }
}
