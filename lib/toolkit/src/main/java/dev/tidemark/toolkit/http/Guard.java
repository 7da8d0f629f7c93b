package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.http.HttpFailure.Reason;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A destination's bulkhead, retries and circuit breaker around attempts. An attempt counts as
 * failed for the breaker when the server was not reached, broke off, was too slow or answered 500,
 * 502, 503 or 504; everything else shows that it lives. Safe for use by several threads.
 */
final class Guard {
  private static final Set<Reason> WORTH_REPEATING =
      EnumSet.of(Reason.UNREACHABLE, Reason.BROKEN, Reason.TIMEOUT);
  private static final Set<Reason> DESTINATION_FAILED =
      EnumSet.of(Reason.UNREACHABLE, Reason.BROKEN, Reason.TIMEOUT, Reason.TLS);

  /** One attempt; it opens a reply or fails. */
  @FunctionalInterface
  interface Attempt {
    Opened open() throws HttpFailure;
  }

  /** A reply that is open, whose outcome the breaker still waits for. */
  final class Ticket implements AutoCloseable {
    private final Opened opened;
    private final long since;
    private boolean told;

    private Ticket(Opened opened, long since) {
      this.opened = opened;
      this.since = since;
    }

    Opened opened() {
      return opened;
    }

    /** The body was read, or broke. */
    void settle(boolean failed) {
      if (!told) {
        told = true;
        if (failed || opened.serverFailed()) {
          lastFailure =
              opened.serverFailed() ? "it answered " + opened.status() : "its answer broke off";
        }
        tell(failed || opened.serverFailed(), since);
      }
    }

    @Override
    public void close() {
      settle(false);
      opened.close();
    }
  }

  private final String destination;
  private final OutgoingLimits limits;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;

  /** What is told while the breaker is open, for that it is open says nothing of why. */
  private volatile String lastFailure = "it failed";

  Guard(String destination, OutgoingLimits limits) {
    this.destination = destination;
    this.limits = limits;
    this.bulkhead =
        Bulkhead.of(
            destination,
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.maxConcurrent())
                .maxWaitDuration(limits.maxWait())
                .writableStackTraceEnabled(false)
                .build());
    OutgoingLimits.Breaker rule = limits.breaker();
    this.breaker =
        CircuitBreaker.of(
            destination,
            CircuitBreakerConfig.custom()
                .slidingWindow(
                    rule.calls(),
                    rule.minimumCalls(),
                    CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(rule.failurePercent())
                .waitDurationInOpenState(rule.openFor())
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
  }

  /** Takes one of the places; give it back with {@link #leave}. */
  void enter() throws HttpFailure {
    if (!bulkhead.tryAcquirePermission()) {
      if (Thread.currentThread().isInterrupted()) {
        throw failed(Reason.INTERRUPTED, "interrupted while waiting for a place");
      }
      throw failed(
          Reason.BUSY,
          limits.maxConcurrent()
              + " calls run already and none ended within "
              + PromDuration.format(limits.maxWait()));
    }
  }

  void leave() {
    bulkhead.onComplete();
  }

  /** Whether calls fail at once for now. */
  boolean isOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /** Runs attempts until one opens a reply worth reading, or no further one is allowed. */
  Ticket open(boolean repeatable, Deadline deadline, Attempt attempt) throws HttpFailure {
    boolean[] received = {false};
    RetryConfig config =
        RetryConfig.<Ticket>custom()
            .maxAttempts(repeatable ? Math.max(1, limits.retry().attempts()) : 1)
            .intervalFunction(pauses())
            .retryOnResult(ticket -> ticket.opened().isWorthRepeating() && !deadline.passed())
            .consumeResultBeforeRetryAttempt((number, ticket) -> ticket.close())
            .retryOnException(
                e ->
                    e instanceof HttpFailure failure
                        && WORTH_REPEATING.contains(failure.reason())
                        && !deadline.passed())
            .build();
    try {
      return Retry.of(destination, config)
          .executeCheckedSupplier(
              () -> {
                try {
                  return once(attempt);
                } catch (HttpFailure e) {
                  received[0] |= e.mayHaveBeenReceived();
                  throw e;
                }
              });
    } catch (HttpFailure e) {
      if (received[0] && !e.mayHaveBeenReceived()) {
        throw new HttpFailure(e.reason(), true, String.valueOf(e.getMessage()), e);
      }
      throw e;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("an attempt fails with HttpFailure only", e);
    }
  }

  private Ticket once(Attempt attempt) throws HttpFailure {
    if (!breaker.tryAcquirePermission()) {
      throw failed(
          Reason.BREAKER_OPEN,
          "it failed often and is left alone for "
              + PromDuration.format(limits.breaker().openFor())
              + " at a time, last: "
              + lastFailure);
    }
    long since = System.nanoTime();
    try {
      return new Ticket(attempt.open(), since);
    } catch (HttpFailure e) {
      if (e.reason() == Reason.INTERRUPTED || e.reason() == Reason.CREDENTIALS) {
        breaker.releasePermission();
      } else {
        boolean failed = DESTINATION_FAILED.contains(e.reason());
        if (failed) {
          lastFailure = String.valueOf(e.getMessage());
        }
        tell(failed, since);
      }
      throw e;
    } catch (RuntimeException | Error e) {
      breaker.releasePermission();
      throw e;
    }
  }

  static boolean countsAgainst(HttpFailure failure) {
    return DESTINATION_FAILED.contains(failure.reason());
  }

  private void tell(boolean failed, long since) {
    long took = System.nanoTime() - since;
    if (failed) {
      breaker.onError(took, TimeUnit.NANOSECONDS, new IllegalStateException("failed"));
    } else {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    }
  }

  private IntervalFunction pauses() {
    Duration first = limits.retry().firstPause();
    return IntervalFunction.ofExponentialRandomBackoff(
        Math.max(1, first.toMillis()), 2.0, 0.5, Math.max(2, first.toMillis() * 8));
  }

  private HttpFailure failed(Reason reason, String message) {
    return new HttpFailure(reason, false, destination + ": " + message, null);
  }
}
