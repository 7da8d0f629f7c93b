package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.PeerGroup;
import dev.tidemark.engine.Peers;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.Sample;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.health.CrossSignals;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All targets and what was learnt of them. Its state is a function of the chunks applied, however
 * the slots were cut into chunks: nothing in here reads a clock. For the evaluation thread only.
 */
public final class Fleet {
  /** A series without data for so long is freed; its workload keeps what it taught. */
  public static final long FREED_AFTER_MILLIS = 3_600_000;

  private record Observed(WorkloadState workload, SeriesState series, long slot, double value) {}

  private final FleetShape shape;
  private final FleetListener listener;
  private final Census census;
  private final Ward ward;
  private final Set<String> limitExprs;
  private final Map<String, Map<TargetKey, Double>> limits = new HashMap<>();
  private final List<Observed> teaching = new ArrayList<>();

  /** Groups of members that had a sample in the slot at hand. */
  private final Set<PeerGroup> met = Collections.newSetFromMap(new IdentityHashMap<>());

  private int limitsEdition;
  private long lastSlot;
  private long lastSweep;

  public Fleet(FleetShape shape, FleetListener listener) {
    this.shape = shape;
    this.listener = listener;
    this.census = new Census(shape, listener);
    this.ward = new Ward(shape);
    this.limitExprs =
        shape.signals().stream()
            .map(Signal::limit)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  /** As {@link #apply(Chunk, LongConsumer)}, where nobody wants to know. */
  public void apply(Chunk chunk) {
    apply(chunk, slot -> {});
  }

  /**
   * Judges everything in a chunk, slot by slot. Chunks come in the order of time.
   *
   * @param judged hears of each slot when all of it was judged and taught, before the next
   */
  public void apply(Chunk chunk, LongConsumer judged) {
    if (chunk.first() <= lastSlot) {
      throw new IllegalArgumentException(
          "chunk starts at " + chunk.first() + ", but " + lastSlot + " was judged already");
    }
    if (!chunk.owners().isEmpty()) {
      census.ownersAre(chunk.owners());
    }
    List<Lane> lanes = new ArrayList<>();
    for (int s = 0; s < shape.signals().size(); s++) {
      lanes.addAll(Lane.of(s, chunk.samples().getOrDefault(shape.signals().get(s), Map.of())));
    }
    FactCursor facts = new FactCursor(chunk);
    for (int i = 0; i < chunk.slots(); i++) {
      long slot = chunk.first() + i * chunk.step();
      facts.upTo(slot, this::limitsAre, census, ward);
      for (Lane lane : lanes) {
        double value = lane.at(i);
        if (!Double.isNaN(value)) {
          offer(lane, slot, value);
        }
      }
      census.admitNewcomers((target, newcomer) -> judge(target, newcomer, slot));
      teach();
      ward.look(slot, census);
      met.forEach(group -> group.close(slot));
      met.clear();
      sweep(slot);
      lastSlot = slot;
      judged.accept(slot);
    }
  }

  private void limitsAre(LimitTable table) {
    if (limitExprs.contains(table.expr())) {
      limits.put(table.expr(), table.limits());
      limitsEdition++;
    }
    ward.factsAre(table, census);
  }

  private void offer(Lane lane, long slot, double value) {
    TargetState target = lane.target(census);
    if (target == null) {
      return;
    }
    SeriesState series = target.series[lane.signal];
    if (series == null) {
      census.newcomer(target, lane.signal, value);
    } else {
      observe(target, series, slot, value);
    }
  }

  private void judge(TargetState target, Census.Newcomer newcomer, long slot) {
    Signal signal = shape.signals().get(newcomer.signal());
    SeriesState series =
        new SeriesState(
            signal, newcomer.signal(), new Judge(FleetShape.series(signal), shape.judge()), slot);
    series.forecaster = shape.forecaster(signal);
    target.series[newcomer.signal()] = series;
    observe(target, series, slot, newcomer.value());
  }

  private void observe(TargetState target, SeriesState series, long slot, double value) {
    series.limit = target.limit(series.place, limitsEdition, s -> limitOf(target.key, s));
    Prior prior = target.workload.prior(series.signal.id(), slot);
    Sample sample = new Sample(slot, value, series.limit, target.startMillis());
    Peers peers = target.workload.peers(series.signal.id(), slot);
    Judgement judgement = series.judge.observe(sample, prior, peers);
    if (judgement.ignored()) {
      listener.sampleIgnored();
      return;
    }
    listener.judged(target.shown, series.signal, judgement);
    series.last = judgement;
    series.lastSlot = slot;
    target.lastSign = slot;
    ward.sampled(target, series.signal, slot, value);
    if (series.forecaster != null) {
      series.forecaster.observe(sample);
    }
    PeerGroup group = target.workload.group(series.signal.id(), shape.judge());
    group.add(value);
    met.add(group);
    if (series.judge.teaches()) {
      teaching.add(new Observed(target.workload, series, slot, value));
    }
  }

  /** After all of a slot was judged, so that the order of targets cannot matter. */
  private void teach() {
    for (Observed o : teaching) {
      o.workload().teach(o.series().signal.id(), o.slot(), o.value());
    }
    teaching.clear();
  }

  private double limitOf(TargetKey key, int place) {
    Signal signal = shape.signals().get(place);
    String expr = signal.limit();
    Double own = expr == null ? null : limits.getOrDefault(expr, Map.of()).get(key);
    return own != null ? own : shape.fixedLimits().getOrDefault(signal.id(), Double.NaN);
  }

  private void sweep(long slot) {
    long every = FREED_AFTER_MILLIS / 12;
    if (Math.floorDiv(slot, every) == Math.floorDiv(lastSweep, every)) {
      return;
    }
    lastSweep = slot;
    census.sweep(slot);
    ward.sweep(slot);
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
    return FleetBlocks.of(clock, census.targets(), census.workloads(), ward);
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

  Ward ward() {
    return ward;
  }

  Census census() {
    return census;
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
