package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source on a thread of its own, so that one chunk can be read while the one before is
 * judged. It holds one question at most: what was read ahead and is not wanted is thrown away. For
 * one thread beside its own; {@link #close} for any.
 */
final class ReadAhead implements AutoCloseable {
  /**
   * Consecutive slots to ask for.
   *
   * @param due the last slot whose samples were complete when this was asked
   */
  record Question(long first, int slots, long due) {}

  /**
   * What came of it.
   *
   * @param trouble what is wrong although the chunk is whole, for people
   * @param worked how long the source took, with what failed before the rest was asked again
   */
  record Answer(Question question, Chunk chunk, String trouble, Duration worked) {}

  private record Asked(Question question, ScheduledFuture<Answer> answer) {}

  private final ChunkSource source;
  private final InstantSource clock;
  private final ScheduledExecutorService thread;
  private volatile @Nullable Asked asked;

  /** What its thread asks, and how long the source has worked on that in vain. */
  private @Nullable Question begun;

  private Duration worked = Duration.ZERO;

  ReadAhead(String name, ChunkSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "reading " + name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Asks for what will be wanted next, after the source had so long a rest. */
  void ask(Question question, Duration rest) {
    drop();
    asked = submit(question, rest);
  }

  /** What was asked and not read, where it begins with the wanted slot; else what is wanted. */
  Question pendingOr(Question wanted) {
    Asked pending = asked;
    return pending == null || pending.question.first() != wanted.first()
        ? wanted
        : pending.question;
  }

  /**
   * Waits for what was asked, where it begins with the wanted slot; else asks for what is wanted.
   * The answer may hold fewer slots than wanted now.
   */
  Answer read(Question wanted) throws PrometheusException, PartialAnswerException {
    Asked pending = asked;
    if (pending == null || pending.question.first() != wanted.first()) {
      drop();
      pending = submit(wanted, Duration.ZERO);
      asked = pending;
    }
    try {
      return settled(pending.answer);
    } finally {
      asked = null;
    }
  }

  private Asked submit(Question question, Duration rest) {
    return new Asked(
        question, thread.schedule(() -> answer(question), rest.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static Answer settled(ScheduledFuture<Answer> answer)
      throws PrometheusException, PartialAnswerException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new PrometheusException(Reason.INTERRUPTED, "interrupted", e);
    } catch (CancellationException e) {
      throw new PrometheusException(Reason.INTERRUPTED, "closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PrometheusException failure) {
        throw failure;
      }
      if (e.getCause() instanceof PartialAnswerException partial) {
        throw partial;
      }
      throw new IllegalStateException("the source could not be read", e.getCause());
    }
  }

  private Answer answer(Question question) throws PrometheusException, PartialAnswerException {
    if (!question.equals(begun)) {
      begun = question;
      worked = Duration.ZERO;
    }
    Instant began = clock.instant();
    try {
      Chunk chunk = source.read(question.first(), question.slots());
      begun = null;
      return new Answer(question, chunk, source.trouble(), worked.plus(since(began)));
    } finally {
      worked = worked.plus(since(began));
    }
  }

  /** As {@link ChunkSource#answered}. */
  long answered() {
    return source.answered();
  }

  /** Never negative, whatever was done to the clock. */
  private Duration since(Instant before) {
    Duration since = Duration.between(before, clock.instant());
    return since.isNegative() ? Duration.ZERO : since;
  }

  private void drop() {
    Asked unwanted = asked;
    asked = null;
    if (unwanted != null) {
      unwanted.answer.cancel(true);
    }
  }

  /** Ends what is being read; who waits for it hears that it was interrupted. */
  @Override
  public void close() {
    for (Runnable never : thread.shutdownNow()) {
      ((Future<?>) never).cancel(true);
    }
    drop();
  }
}
