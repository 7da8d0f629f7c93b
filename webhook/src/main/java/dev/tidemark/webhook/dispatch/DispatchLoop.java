package dev.tidemark.webhook.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls {@link Dispatcher#runDue} when something is due or has changed. One thread of its own. */
public final class DispatchLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DispatchLoop.class);

  /** In case a wake-up was missed: nothing waits longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final Duration WORKING = Duration.ofMillis(100);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(5);

  private final Dispatcher dispatcher;
  private final Housekeeping housekeeping;
  private final InstantSource clock;
  private final ExecutorService workers;
  private final Semaphore changed = new Semaphore(0);
  private final Thread thread = new Thread(this::loop, "dispatch");
  private volatile boolean closed;

  public DispatchLoop(
      Dispatcher dispatcher,
      Housekeeping housekeeping,
      InstantSource clock,
      ExecutorService workers) {
    this.dispatcher = dispatcher;
    this.housekeeping = housekeeping;
    this.clock = clock;
    this.workers = workers;
  }

  public void start() {
    thread.start();
  }

  /** Something may be due. Never blocks. */
  public void wake() {
    changed.release();
  }

  /** Begins nothing new and waits for what is under way. */
  public void drain(Duration longest) throws InterruptedException {
    closed = true;
    dispatcher.stop();
    wake();
    long end = System.nanoTime() + longest.toNanos();
    thread.join(longest.toMillis());
    workers.shutdown();
    if (!workers.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
      LOG.atWarn()
          .addKeyValue("executions", dispatcher.working())
          .log("steps still run; they are settled at the next start");
    }
  }

  @Override
  public void close() {
    closed = true;
    dispatcher.abandon();
    wake();
    workers.shutdownNow();
    if (thread.isAlive()) {
      thread.interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      Duration pause;
      try {
        Instant now = clock.instant();
        dispatcher.runDue(now);
        housekeeping.runDue(now);
        pause = pause(clock.instant());
      } catch (RuntimeException | Error e) {
        // an Error too: without this thread notifications are taken in and nothing is ever done
        LOG.error("dispatch rests; everything stays as the journal has it", e);
        pause = AFTER_ERROR;
      }
      try {
        if (changed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          changed.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration pause(Instant now) {
    Duration until = dispatcher.nextWake().map(wake -> Duration.between(now, wake)).orElse(LONGEST);
    if (until.compareTo(LONGEST) > 0) {
      return LONGEST;
    }
    // what is due and still there is being worked on or rests: no need to look at it all the time
    return until.toMillis() < 1 ? WORKING : until;
  }
}
