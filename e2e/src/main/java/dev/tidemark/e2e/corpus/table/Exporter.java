package dev.tidemark.e2e.corpus.table;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Part;
import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.fleet.CareShape;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Onlooker;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.Lookups;
import dev.tidemark.exporter.source.Answers;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.exporter.source.PartialAnswerException;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The exporter's own path over a recording: its queries against a real Prometheus, its fleet, its
 * engine. What was asked is kept, so that other configurations judge the same chunks.
 */
public final class Exporter {
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * What has data in a recording; the first four of them are the exporter's defaults or opt-ins.
   */
  private static final List<String> SIGNALS =
      List.of("goroutines", "heap_live", "rss", "stack_inuse");

  private static final int SLOTS_AT_ONCE = 720;

  private final List<Signal> signals;
  private final double goroutineLimit;
  private final List<Lookup> lookups;
  private final List<Chunk> chunks = new ArrayList<>();

  public Exporter(double goroutineLimit) {
    this(goroutineLimit, SIGNALS);
  }

  /**
   * @param ids of the signals to judge
   */
  public Exporter(double goroutineLimit, Collection<String> ids) {
    this.goroutineLimit = goroutineLimit;
    Catalogue catalogue = Catalogue.load();
    this.signals = catalogue.signals().stream().filter(s -> ids.contains(s.id())).toList();
    this.lookups = Lookups.of(signals, catalogue);
  }

  List<String> signals() {
    return signals.stream().map(Signal::id).toList();
  }

  /** Asks for every slot, as the exporter does when it learns its history. */
  public void read(PrometheusClient client, Instant from, Instant until)
      throws PrometheusException, PartialAnswerException {
    Grid grid = new Grid(INTERVAL, Duration.ZERO, Duration.between(from, until));
    // an exporter that learns its history asks for the end of it only
    List<Lookup> always =
        lookups.stream().map(l -> new Lookup(l.id(), l.expr(), l.merge(), true)).toList();
    ChunkReader reader =
        new ChunkReader(new Answers(client), grid, List.of(), List.of(), signals, always);
    long last = grid.floor(until.toEpochMilli());
    for (long next = grid.floor(from.toEpochMilli()); next <= last; ) {
      int slots = (int) Math.min(SLOTS_AT_ONCE, (last - next) / grid.step() + 1);
      Chunk chunk = reader.read(next, slots);
      if (!chunk.refused().isEmpty()) {
        throw new IllegalStateException("refused: " + chunk.refused());
      }
      chunks.add(chunk);
      next = chunk.last() + grid.step();
    }
  }

  /** Judges all that was read by the defaults, less the parts that are off. */
  void judge(Set<Part> off, Watcher watcher) {
    judge(shape(off), watcher);
  }

  /** The same with nothing off, and looks after health and forecasts. */
  public void judgeAll(Watcher watcher) throws ProblemsException {
    CareShape care =
        new CareShape(
            Optional.of(StrictYaml.read("defaults", "{}", HealthConfig.class)),
            lookups,
            Optional.of(new ForecastConfig(INTERVAL, ForecastWatcher.HORIZONS)),
            Set.copyOf(ForecastWatcher.SIGNALS));
    judge(shape(Set.of()).caringFor(care), watcher);
  }

  private void judge(FleetShape shape, Watcher watcher) {
    Fleet fleet = new Fleet(shape, new Deaf());
    Onlooker onlooker = new EverySlot(fleet, watcher);
    for (Chunk chunk : chunks) {
      fleet.apply(chunk, onlooker);
    }
  }

  /** Sees every slot, for a verdict may stand in one alone. */
  private record EverySlot(Fleet fleet, Watcher watcher) implements Onlooker {
    @Override
    public boolean wants(long slot) {
      return true;
    }

    @Override
    public void judged(long slot) {
      Instant at = Instant.ofEpochMilli(slot);
      watcher.judged(fleet.snapshot(at, SnapshotShape.NO_QUANTILES));
    }
  }

  private FleetShape shape(Set<Part> off) {
    JudgeConfig defaults = JudgeConfig.defaults(INTERVAL);
    JudgeConfig judge =
        new JudgeConfig(
            defaults.interval(),
            defaults.windows(),
            defaults.lag(),
            defaults.freezeAfter(),
            defaults.freezeCap(),
            defaults.minSamples(),
            defaults.growth(),
            off);
    return new FleetShape(
        signals,
        judge,
        Duration.ofMinutes(5),
        new FleetShape.Bounds(200_000, 2_000),
        List.of(),
        List.of(),
        Set.of(),
        Map.of("goroutines", goroutineLimit));
  }

  /** What is turned away is what the recording should not hold; nobody is asked. */
  private static final class Deaf implements FleetListener {
    @Override
    public void seriesRefused(Refusal reason) {
      throw new IllegalStateException("a series was refused: " + reason.label());
    }

    @Override
    public void sampleIgnored() {}
  }
}
