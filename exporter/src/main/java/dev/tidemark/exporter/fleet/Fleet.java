package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.Prior;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.health.CrossSignals;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All targets and what was learnt of them. Its state is a function of the chunks applied, however
 * the slots were cut into chunks and whoever judged them: nothing in here reads a clock. For the
 * evaluation thread only; within {@link #apply} others judge a workload each.
 */
public final class Fleet {
  /** A series without data for so long is freed; its workload keeps what it taught. */
  public static final long FREED_AFTER_MILLIS = 3_600_000;

  private static final long SWEPT_EVERY_MILLIS = FREED_AFTER_MILLIS / 12;

  /** Hears of samples that were judged. */
  @FunctionalInterface
  public interface Hearer {
    /**
     * A sample was judged.
     *
     * @param target the labels it is shown with
     */
    void judged(Map<String, String> target, Signal signal, Judgement judgement);
  }

  final FleetShape shape;
  final FleetListener listener;
  final Census census;
  final Ward ward;
  final Limits limits;
  final List<Ward.Watch> watches;
  final Crew crew;
  private long lastSlot;
  private long lastSweep;

  /** Judges with as many threads as there are processors. */
  public Fleet(FleetShape shape, FleetListener listener) {
    this(shape, listener, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param hands how many threads judge, the evaluation thread among them
   */
  Fleet(FleetShape shape, FleetListener listener, int hands) {
    this.shape = shape;
    this.listener = listener;
    this.census = new Census(shape, listener);
    this.ward = new Ward(shape);
    this.limits = new Limits(shape);
    this.watches = shape.signals().stream().map(ward::watch).toList();
    this.crew = new Crew(hands);
  }

  /** As {@link #apply(Chunk, Onlooker)}, where nobody wants to look. */
  public void apply(Chunk chunk) {
    apply(chunk, Onlooker.NOBODY);
  }

  /**
   * Judges everything in a chunk; what is known after it is what would be known if it was judged
   * slot by slot. Chunks come in the order of time.
   */
  public void apply(Chunk chunk, Onlooker onlooker) {
    if (chunk.first() <= lastSlot) {
      throw new IllegalArgumentException(
          "chunk starts at " + chunk.first() + ", but " + lastSlot + " was judged already");
    }
    if (!chunk.owners().isEmpty()) {
      census.ownersAre(chunk.owners());
    }
    new Passage(chunk, this, onlooker).run();
  }

  void told(LimitTable table) {
    limits.are(table);
    ward.factsAre(table, census);
  }

  /** Whether somebody may have to be freed after a slot; asked once a slot, in order. */
  boolean sweeps(long slot) {
    if (Math.floorDiv(slot, SWEPT_EVERY_MILLIS) == Math.floorDiv(lastSweep, SWEPT_EVERY_MILLIS)) {
      return false;
    }
    lastSweep = slot;
    ward.restarts().sweep(slot);
    return census.mustSweep(slot);
  }

  void wasJudged(long slot) {
    lastSlot = slot;
  }

  /** Tells of each sample of the slot that was judged last, by target and signal. */
  public void tellJudged(Hearer hearer) {
    for (TargetState target : census.targets()) {
      for (@Nullable SeriesState series : target.series) {
        if (series != null && series.last != null && series.last.timeMillis() == lastSlot) {
          hearer.judged(target.shown, series.signal, series.last);
        }
      }
    }
  }

  /** Every series that was judged and is not freed. */
  public Snapshot snapshot(Instant now, SnapshotShape what) {
    List<SeriesView> views = new ArrayList<>(census.seriesCount());
    Set<WorkloadState> leaking = leaking();
    for (TargetState target : census.targets()) {
      for (@Nullable SeriesState series : target.series) {
        if (series != null && series.last != null) {
          views.add(view(target, series, series.last, what, leaking));
        }
      }
    }
    HealthView health = ward.view(census, lastSlot);
    return new Snapshot(lastSlot, now, what, views, census.workloadCount(), health);
  }

  /** Workloads that must not be scaled out: a leak is not load. */
  private Set<WorkloadState> leaking() {
    if (shape.care().forecast().isEmpty()) {
      return Set.of();
    }
    Set<WorkloadState> leaking = Collections.newSetFromMap(new IdentityHashMap<>());
    for (TargetState target : census.targets()) {
      if (Ward.leaks(target)) {
        leaking.add(target.workload);
      }
    }
    return leaking;
  }

  private SeriesView view(
      TargetState target,
      SeriesState series,
      Judgement judgement,
      SnapshotShape what,
      Set<WorkloadState> leaking) {
    return new SeriesView(
        target.name,
        series.signal,
        target.shown,
        target.workload.id.name(),
        judgement,
        series.limit,
        target.startMillis(),
        series.lastSlot + shape.withdrawAfter().toMillis(),
        what.quantiles(series.judge),
        new SeriesView.Beside(
            leaking.contains(target.workload) ? List.of() : series.forecasts(),
            CrossSignals.about(series.signal.id(), ward.vitals(target, lastSlot))));
  }

  /**
   * What is remembered of a series.
   *
   * @param target the canonical text of its target
   * @return empty where it is not judged, or was freed
   */
  public Optional<SeriesHistory> history(String target, String signal) {
    TargetState found = census.named(target);
    int place = shape.place(signal);
    if (found == null || place < 0) {
      return Optional.empty();
    }
    SeriesState series = found.series[place];
    if (series == null) {
      return Optional.empty();
    }
    Prior prior = found.workload.prior(signal, lastSlot);
    return Optional.of(SeriesHistory.of(series.judge, shape.judge(), prior));
  }

  /**
   * All that was learnt, to be written before the next chunk is applied; {@link FleetReader} goes
   * on from it as if nothing had happened. Equal fleets write equal bytes, however they came about.
   */
  public List<Block> blocks() {
    Clock clock = new Clock(lastSlot, lastSweep);
    return FleetBlocks.of(clock, census.targets(), census.workloads(), ward.restarts());
  }

  /** Writes {@link #blocks} one after another. */
  public void encode(OutputStream out) throws IOException {
    for (Block block : blocks()) {
      BlockOutput bytes = new BlockOutput();
      block.write(bytes);
      bytes.writeTo(out);
    }
  }

  /** Whether nothing was learnt yet. */
  public boolean isEmpty() {
    return census.seriesCount() == 0 && census.workloadCount() == 0;
  }

  /** The last slot that was judged, epoch milliseconds; 0 before the first. */
  public long lastSlot() {
    return lastSlot;
  }

  void goOnFrom(Clock clock) {
    lastSlot = clock.lastSlot();
    lastSweep = clock.lastSweep();
  }

  /** Where a fleet is in time. */
  record Clock(long lastSlot, long lastSweep) {
    void write(BlockOutput out) {
      out.writeLong(lastSlot);
      out.writeLong(lastSweep);
    }

    static Clock read(BlockInput in) throws IOException {
      return new Clock(in.readLong(), in.readLong());
    }
  }
}
