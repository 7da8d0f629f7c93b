package dev.tidemark.exporter;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.exporter.fleet.Effort;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetReader;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Onlooker;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Connection;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.exporter.source.NamesReader;
import dev.tidemark.exporter.source.PartialAnswerException;
import dev.tidemark.exporter.source.SourceStatus;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source and the fleet that is learnt from it, for one configuration. What asks, judges or
 * looks at what was learnt is for the evaluation thread only; {@link #status}, {@link #exposed} and
 * {@link #stop} for any. {@link #seal} and {@link #close} are for whoever saw that thread end.
 */
final class Pipeline implements AutoCloseable {
  private final ExporterConfig config;
  private final FleetShape fleetShape;
  private final @Nullable Shelf shelf;
  private final SelfMetricsRegistry self;
  private final InstantSource clock;
  private final Inventory inventory;
  private Connection connection;
  private volatile Feed feed;
  private Fleet fleet;
  private Sealing sealing;
  private CatchUp catchUp;
  private SnapshotShape shape;
  private boolean fromShelf = true;
  private boolean begun;

  private long shown;

  /** A chunk is applied in part: what stands there is no state. */
  private boolean half;

  private volatile boolean stopped;

  /** Told to stop between two slots of a chunk. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param shelf where states are kept; null for nowhere
   */
  Pipeline(
      ExporterConfig config,
      FleetShape fleetShape,
      @Nullable Shelf shelf,
      SelfMetricsRegistry self,
      InstantSource clock) {
    this.config = config;
    this.fleetShape = fleetShape;
    this.shelf = shelf;
    this.self = self;
    this.clock = clock;
    this.shape = config.snapshotShape();
    this.inventory = new Inventory(this::exposing, config.judged());
    this.connection = newConnection();
    this.feed = newFeed(connection);
    this.fleet = new Fleet(fleetShape, self);
    this.sealing = new Sealing(shelf, config.grid(), clock);
    this.catchUp = new CatchUp(config.grid());
  }

  private Connection newConnection() {
    return new Connection(
        config.source(),
        config.clientLimits(),
        answers ->
            new ChunkReader(
                answers,
                config.grid(),
                config.targets().match(),
                config.keptLabels(),
                config.judged(),
                config.lookups()),
        self,
        clock);
  }

  private NamesReader.Exposing exposing(Need need, long slot)
      throws PrometheusException, PartialAnswerException {
    return new NamesReader(connection.first(), config.grid(), config.targets().match())
        .exposing(need, slot);
  }

  private Feed newFeed(Connection from) {
    return new Feed(config.source().name(), config.grid(), from.chunks(), self, clock);
  }

  SourceStatus status() {
    return feed.status();
  }

  /** The metrics of a target that judged signals need; empty where that is not known. */
  Optional<Set<String>> exposed(String target) {
    return inventory.exposed(target);
  }

  /** What is remembered of a series, empty where it is not judged; on the evaluation thread. */
  Optional<SeriesHistory> history(String target, String signal) {
    return fleet.history(target, signal);
  }

  /** Other quantiles of the same baselines; on the evaluation thread. */
  void show(SnapshotShape other) {
    shape = other;
    shown = 0;
  }

  /**
   * Forgets everything, which may be half learnt, and begins anew with the next {@link #runDue}.
   *
   * @param fromShelf from what was sealed last, else from the source alone
   */
  void startOver(boolean fromShelf) {
    this.fromShelf = fromShelf;
    begun = false;
    half = false;
    feed.close();
    connection.close(); // it remembers what was told, and that is lost
    connection = newConnection();
    feed = newFeed(connection);
    fleet = new Fleet(fleetShape, self);
    sealing = new Sealing(shelf, config.grid(), clock);
    catchUp = new CatchUp(config.grid());
  }

  /**
   * Brings the next slots, judges them, and hands on a snapshot where the present was reached. What
   * is learnt of the past is not shown: it is not what is true now.
   *
   * @return how long to wait before calling again
   */
  Duration runDue(Consumer<Snapshot> onSnapshot) {
    if (!begun) {
      begin(onSnapshot);
      begun = true;
    }
    Pass pass = new Pass();
    Duration wait = feed.runDue(pass::judge);
    SourceStatus status = feed.status();
    boolean isNew = status.isLive() && status.slot() > shown;
    if (isNew) {
      shown = status.slot();
      pass.effort.begin();
      Snapshot snapshot = fleet.snapshot(clock.instant(), shape);
      pass.effort.end();
      self.evaluated(pass.effort);
      onSnapshot.accept(snapshot);
    }
    if (!stopped) { // then it is sealed at the end
      pass.sealLast();
      if (isNew) {
        if (catchUp.endedWith(status, clock.instant())) {
          tidyUp();
        }
        sealing.live(fleet);
        inventory.runDue(status.slot());
      }
    }
    return wait;
  }

  /**
   * To learn a history, or the hours of an outage, takes far more memory than what was learnt, and
   * the heap would stay that large: how much of it may be in use before the collector looks what
   * died is a share of its size. This takes a tenth of a second for 10,000 series.
   */
  private static void tidyUp() {
    System.gc();
  }

  /**
   * Takes up what was sealed last. It is shown at once unless it is so old that series in it may
   * have been freed since; what became too old to be true is withdrawn by whoever shows it.
   */
  private void begin(Consumer<Snapshot> onSnapshot) {
    if (!fromShelf) {
      return;
    }
    sealing
        .newest(new FleetReader(fleetShape, self))
        .ifPresent(
            read -> {
              fleet = read;
              feed.goOnAfter(read.lastSlot());
              if (clock.millis() - read.lastSlot() < Fleet.FREED_AFTER_MILLIS) {
                onSnapshot.accept(fleet.snapshot(clock.instant(), shape));
              }
            });
  }

  /** A history is learnt sample by sample only where that makes a difference to what is known. */
  private Chunk recent(Chunk chunk) {
    JudgeConfig judge = fleetShape.judge();
    long recent = config.grid().due(clock.instant()) - judge.recent().toMillis();
    return chunk.thinned(recent, judge.longestSlotMillis());
  }

  /** What one pass judges, and how long that takes; sealing is no part of it. */
  private final class Pass implements Onlooker {
    private final Effort effort = new Effort(fleet);
    private long last;

    void judge(Chunk chunk) {
      last = chunk.last();
      effort.begin();
      half = true;
      fleet.apply(recent(chunk), this);
      half = false;
      effort.end();
    }

    /** Not the last, which is shown first. */
    @Override
    public boolean wants(long slot) {
      return slot != last && (stopped || sealing.wants(slot));
    }

    @Override
    public void judged(long slot) {
      if (stopped) {
        half = false;
        throw new Stopped();
      }
      effort.end();
      sealing.judged(slot, fleet);
      effort.begin();
    }

    void sealLast() {
      if (last != 0) {
        sealing.judged(last, fleet);
      }
    }
  }

  /** Ends what is being read or judged, soon: where the fleet rests between two slots. */
  void stop() {
    stopped = true;
    feed.close();
  }

  /** Seals what was learnt since the last time, unless it is half applied. */
  void seal() {
    if (!half) {
      sealing.end(fleet);
    }
  }

  @Override
  public void close() {
    feed.close();
    connection.close();
  }
}
