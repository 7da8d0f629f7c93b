package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The replicas of one Prometheus: all are asked for every chunk at the same time, and what those
 * tell that answer is merged. One that fails is counted and left alone for a while; only when none
 * answers nothing is learnt. For the evaluation thread only.
 */
public final class Replicas implements ChunkSource, AutoCloseable {
  /** Once one has answered, the others may take as long again, and so long at least. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final List<Replica> replicas;
  private final FeedListener listener;
  private final InstantSource clock;

  /** A replica's reader and what it is called in metrics and pages. */
  public record Named(String name, ChunkSource reader) {}

  /**
   * @param readers in the order of precedence
   * @param listener hears of each replica as of a source
   */
  public Replicas(List<Named> readers, FeedListener listener, InstantSource clock) {
    this.replicas = readers.stream().map(Replica::new).toList();
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public Chunk read(long first, int slots) throws PrometheusException, PartialAnswerException {
    Instant now = clock.instant();
    List<Replica> due = replicas.stream().filter(r -> r.isDue(now)).toList();
    BlockingQueue<Future<Chunk>> done = new LinkedBlockingQueue<>();
    Map<Replica, Future<Chunk>> asked = new LinkedHashMap<>();
    for (Replica replica : due.isEmpty() ? replicas : due) {
      asked.put(replica, replica.ask(first, slots, done));
    }
    try {
      await(done, asked.size());
    } catch (InterruptedException e) {
      asked.values().forEach(future -> future.cancel(true));
      Thread.currentThread().interrupt();
      throw new PrometheusException(Reason.INTERRUPTED, "interrupted", e);
    }
    List<Chunk> whole = new ArrayList<>();
    @Nullable PrometheusException failure = null;
    @Nullable PartialAnswerException partial = null;
    for (Map.Entry<Replica, Future<Chunk>> each : asked.entrySet()) {
      Replica replica = each.getKey();
      try {
        Chunk chunk = settle(each.getValue());
        replica.answered();
        listener.answered(replica.name(), now, chunk.last(), chunk.sampleCount());
        whole.add(chunk);
      } catch (PrometheusException e) {
        failed(replica, now, e.reason().label(), e);
        failure = failure == null ? e : failure;
      } catch (PartialAnswerException e) {
        failed(replica, now, "partial", e);
        partial = e;
      }
    }
    if (!whole.isEmpty()) {
      return ChunkMerge.of(whole);
    }
    if (failure != null) {
      throw failure;
    }
    if (partial != null) {
      throw partial;
    }
    throw new IllegalStateException("no replica was asked");
  }

  private void failed(Replica replica, Instant now, String reason, Exception why) {
    replica.failed(now, reason + ": " + why.getMessage());
    listener.failed(replica.name(), reason);
  }

  /** Until all have ended, or one is whole and the grace of the others is over. */
  private static void await(BlockingQueue<Future<Chunk>> done, int asked)
      throws InterruptedException {
    long began = System.nanoTime();
    Future<Chunk> ended = done.take();
    int open = asked - 1;
    while (open > 0 && !isWhole(ended)) {
      ended = done.take();
      open--;
    }
    long took = System.nanoTime() - began;
    long end = began + took + Math.max(took, GRACE.toNanos());
    while (open > 0 && done.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) != null) {
      open--;
    }
  }

  private static boolean isWhole(Future<Chunk> ended) throws InterruptedException {
    try {
      ended.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  /** What a replica answered in time. */
  private static Chunk settle(Future<Chunk> future)
      throws PrometheusException, PartialAnswerException {
    if (!future.isDone()) {
      future.cancel(true);
      throw new PrometheusException(
          Reason.TIMEOUT, "no answer long after that of another replica", null);
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PrometheusException failure) {
        throw failure;
      }
      if (e.getCause() instanceof PartialAnswerException partial) {
        throw partial;
      }
      throw new IllegalStateException("a replica could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrometheusException(Reason.INTERRUPTED, "interrupted", e);
    }
  }

  @Override
  public long answered() {
    return replicas.stream().mapToLong(replica -> replica.reader().answered()).sum();
  }

  @Override
  public String match() {
    return replicas.get(0).reader().match();
  }

  @Override
  public String trouble() {
    return replicas.stream()
        .filter(replica -> !replica.failure().isEmpty())
        .map(replica -> "replica " + replica.name() + " is left out: " + replica.failure())
        .collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
  }
}
