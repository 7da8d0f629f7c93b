package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.Sample;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All targets and what was learnt of them. Its state is a function of the chunks applied, however
 * the slots were cut into chunks: nothing in here reads a clock. For the evaluation thread only.
 */
public final class Fleet {
  /** A series without data for so long is freed; its workload keeps what it taught. */
  static final long FREED_AFTER_MILLIS = 3_600_000;

  private record Observed(WorkloadState workload, SeriesState series, long slot, double value) {}

  private final FleetShape shape;
  private final FleetListener listener;
  private final Census census;
  private final Map<String, Map<TargetKey, Double>> limits = new HashMap<>();
  private final List<Observed> teaching = new ArrayList<>();
  private int limitsEdition;
  private long lastSlot;
  private long lastSweep;

  public Fleet(FleetShape shape, FleetListener listener) {
    this.shape = shape;
    this.listener = listener;
    this.census = new Census(shape, listener);
  }

  /** Judges everything in a chunk, slot by slot. Chunks come in the order of time. */
  public void apply(Chunk chunk) {
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
      facts.upTo(slot, this::limitsAre, census);
      for (Lane lane : lanes) {
        double value = lane.at(i);
        if (!Double.isNaN(value)) {
          offer(lane, slot, value);
        }
      }
      census.admitNewcomers((target, newcomer) -> judge(target, newcomer, slot));
      teach();
      sweep(slot);
      lastSlot = slot;
    }
  }

  private void limitsAre(LimitTable table) {
    limits.put(table.expr(), table.limits());
    limitsEdition++;
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
        new SeriesState(signal, newcomer.signal(), new Judge(shapeOf(signal), shape.judge()), slot);
    target.series[newcomer.signal()] = series;
    observe(target, series, slot, newcomer.value());
  }

  private void observe(TargetState target, SeriesState series, long slot, double value) {
    series.limit = target.limit(series.place, limitsEdition, s -> limitOf(target.key, s));
    Prior prior = target.workload.prior(series.signal.id(), slot);
    Sample sample = new Sample(slot, value, series.limit, target.startMillis());
    Judgement judgement = series.judge.observe(sample, prior);
    if (judgement.ignored()) {
      listener.sampleIgnored();
      return;
    }
    series.last = judgement;
    series.lastSlot = slot;
    target.lastSign = slot;
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
  }

  private static SeriesShape shapeOf(Signal signal) {
    return new SeriesShape(
        Side.valueOf(signal.side().name()),
        Reduce.valueOf(signal.reduce().name()),
        signal.smallestBand());
  }

  /** Every series that was judged and is not freed. */
  public Snapshot snapshot(Instant now, SnapshotShape what) {
    List<SeriesView> views = new ArrayList<>(census.seriesCount());
    for (TargetState target : census.targets()) {
      for (@Nullable SeriesState series : target.series) {
        if (series != null && series.last != null) {
          views.add(view(target, series, series.last, what));
        }
      }
    }
    return new Snapshot(lastSlot, now, what, views, census.workloadCount());
  }

  private SeriesView view(
      TargetState target, SeriesState series, Judgement judgement, SnapshotShape what) {
    return new SeriesView(
        target.name,
        series.signal,
        target.shown,
        target.workload.id.name(),
        judgement,
        series.limit,
        target.startMillis(),
        series.lastSlot + shape.withdrawAfter().toMillis(),
        what.quantiles(series.judge));
  }

  /** Writes all that was learnt, in one order, so that equal fleets write equal bytes. */
  public void encode(DataOutput out) throws IOException {
    out.writeLong(lastSlot);
    for (TargetState target : census.targets()) {
      out.writeUTF(target.name);
      out.writeLong(target.startMillis());
      for (@Nullable SeriesState series : target.series) {
        out.writeBoolean(series != null);
        if (series != null) {
          series.judge.encode(out);
        }
      }
    }
    census.encodeWorkloads(out);
  }
}
