package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.alert.Notification;
import dev.tidemark.webhook.journal.Arrival;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.ReceiptLog;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a notification's sender is told: 200 once it is on disk, 4xx when it can never be
 * taken in, 503 otherwise. Thread-safe; knows no HTTP server.
 */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final PayloadReader reader;
  private final ReceiptLog journal;
  private final IntakeConfig config;
  private final IntakeMetrics metrics;
  private final InstantSource clock;
  private final Executor parsers;
  private final AtomicLong inFlight = new AtomicLong();
  private volatile boolean stopping;

  /**
   * @param parsers where bodies are read: a large one takes too long for an event loop
   */
  Intake(
      ReceiptLog journal,
      IntakeConfig config,
      IntakeMetrics metrics,
      InstantSource clock,
      Executor parsers) {
    this.reader = new PayloadReader(PayloadLimits.DEFAULT);
    this.journal = journal;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
    this.parsers = parsers;
  }

  /** From now on every notification is answered 503, for another server or the next start. */
  void stop() {
    stopping = true;
  }

  /**
   * Takes one body in. Never blocks.
   *
   * @param from who sent it
   * @return completes with what to answer, on any thread, never exceptionally
   */
  CompletableFuture<IntakeAnswer> take(byte[] body, String from) {
    metrics.read(body.length);
    if (stopping) {
      return notStored(NotStored.STOPPING, "the server is going down");
    }
    long held = Math.max(body.length, IntakeConfig.LEAST);
    long others = inFlight.getAndAdd(held);
    if (others > 0 && others + held > config.inFlightBytes()) {
      inFlight.addAndGet(-held);
      return notStored(NotStored.BUSY, "%d bytes wait for the disk already".formatted(others));
    }
    return CompletableFuture.supplyAsync(() -> read(body, from), parsers)
        .thenCompose(this::store)
        .exceptionallyCompose(failure -> failed(failure, from))
        .whenComplete((answer, failure) -> inFlight.addAndGet(-held));
  }

  private Arrival read(byte[] body, String from) {
    try {
      Notification notification = reader.read(body);
      String text = new String(body, StandardCharsets.UTF_8);
      return new Arrival(clock.instant(), from, text, notification);
    } catch (BadPayload bad) {
      throw new CompletionException(bad);
    }
  }

  private CompletableFuture<IntakeAnswer> store(Arrival arrival) {
    return journal
        .append(arrival)
        .copy()
        .orTimeout(config.answerWithin().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(IntakeAnswer::stored);
  }

  /** Counts a body that the server did not read to its end because it is too large. */
  void tooLarge(String from) {
    BadPayload bad =
        new BadPayload(
            BadPayload.Reason.TOO_LARGE,
            "the body is larger than %d bytes: set max_alerts of the receiver"
                .formatted(config.maxBytes()));
    IntakeAnswer unused = refused(bad, from);
  }

  private IntakeAnswer refused(BadPayload bad, String from) {
    String reason = IntakeMetrics.word(bad.reason());
    metrics.refused(bad.reason());
    LOG.atWarn()
        .addKeyValue("reason", reason)
        .addKeyValue("from", from)
        .addKeyValue("err", bad.getMessage())
        .log("notification refused");
    return IntakeAnswer.error(bad.status(), reason, String.valueOf(bad.getMessage()));
  }

  private CompletableFuture<IntakeAnswer> failed(Throwable failure, String from) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof BadPayload bad) {
      return CompletableFuture.completedFuture(refused(bad, from));
    }
    if (cause instanceof TimeoutException) {
      return notStored(
          NotStored.TIMEOUT, "not on disk within " + config.answerWithin().toMillis() + " ms");
    }
    if (cause instanceof JournalException refused) {
      return notStored(
          switch (refused.reason()) {
            case FULL -> NotStored.BUSY;
            case CLOSED -> NotStored.STOPPING;
            case WRITE, LOCKED, UNREADABLE, NOT_FOUND, NOT_WAITING, PLAN_CHANGED -> NotStored.WRITE;
          },
          String.valueOf(refused.getMessage()));
    }
    LOG.error("notification not stored", cause);
    return notStored(NotStored.INTERNAL, "internal error");
  }

  private CompletableFuture<IntakeAnswer> notStored(NotStored reason, String why) {
    String word = IntakeMetrics.word(reason);
    metrics.notStored(reason);
    LOG.atWarn().addKeyValue("reason", word).addKeyValue("err", why).log("notification not stored");
    return CompletableFuture.completedFuture(IntakeAnswer.error(503, word, why));
  }
}
