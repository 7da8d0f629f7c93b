package dev.tidemark.exporter;

import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Connection;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * One source and the fleet that is learnt from it, for one configuration. {@link #runDue} is for
 * the evaluation thread only; {@link #status} for any.
 */
final class Pipeline implements AutoCloseable {
  private final Connection connection;
  private final Feed feed;
  private final Fleet fleet;
  private final SelfMetricsRegistry self;
  private final InstantSource clock;
  private SnapshotShape shape;
  private long shown;

  Pipeline(ExporterConfig config, Shard shard, SelfMetricsRegistry self, InstantSource clock) {
    this.self = self;
    this.clock = clock;
    this.shape = config.snapshotShape();
    this.connection =
        new Connection(
            config.source(),
            answers ->
                new ChunkReader(
                    answers,
                    config.grid(),
                    config.targets().match(),
                    config.keptLabels(),
                    config.signals().signals()),
            self,
            clock);
    this.feed = new Feed(config.source().name(), config.grid(), connection.chunks(), self, clock);
    this.fleet = new Fleet(config.fleet().in(shard), self);
  }

  SourceStatus status() {
    return feed.status();
  }

  /** Other quantiles of the same baselines; on the evaluation thread. */
  void show(SnapshotShape other) {
    shape = other;
    shown = 0;
  }

  /**
   * Brings the next slots, judges them, and hands on a snapshot where the present was reached. What
   * is learnt of the past is not shown: it is not what is true now.
   *
   * @return how long to wait before calling again
   */
  Duration runDue(Consumer<Snapshot> onSnapshot) {
    Timed timed = new Timed();
    Duration wait = feed.runDue(timed::apply);
    SourceStatus status = feed.status();
    if (status.isLive() && status.slot() > shown) {
      shown = status.slot();
      long began = System.nanoTime();
      Snapshot snapshot = fleet.snapshot(clock.instant(), shape);
      self.evaluated(Duration.ofNanos(timed.nanos + System.nanoTime() - began));
      onSnapshot.accept(snapshot);
    }
    return wait;
  }

  private final class Timed {
    private long nanos;

    void apply(Chunk chunk) {
      long began = System.nanoTime();
      fleet.apply(chunk);
      nanos = System.nanoTime() - began;
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
