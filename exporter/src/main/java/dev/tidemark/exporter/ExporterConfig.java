package dev.tidemark.exporter;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.WindowShape;
import dev.tidemark.engine.forecast.ForecastConfig;
import dev.tidemark.exporter.exposition.OutputsConfig;
import dev.tidemark.exporter.fleet.BaselineConfig;
import dev.tidemark.exporter.fleet.CareShape;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.GrowthSettings;
import dev.tidemark.exporter.fleet.JudgementSettings;
import dev.tidemark.exporter.fleet.LabelsConfig;
import dev.tidemark.exporter.fleet.LimitsConfig;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.fleet.WorkloadConfig;
import dev.tidemark.exporter.health.HealthConfig;
import dev.tidemark.exporter.health.Lookups;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.exporter.source.Lookup;
import dev.tidemark.exporter.source.SourceConfig;
import dev.tidemark.exporter.source.TargetsConfig;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The configuration file; each part is described beside its owner. */
public record ExporterConfig(
    @Default("[{url: 'http://localhost:9090'}]") List<SourceConfig> sources,
    @Default("{}") TargetsConfig targets,
    @Default("30s") Duration interval,
    @Default("30s") Duration delay,
    @Default("7d") Duration history,
    @Default("[prometheus_replica, replica]") List<String> replicaLabels,
    @Default("{}") LabelsConfig labels,
    @Default("{}") WorkloadConfig workload,
    @Default("{}") SignalsConfig signals,
    @Default("{}") BaselineConfig baseline,
    @Default("{}") GrowthSettings growth,
    @Default("{}") JudgementSettings judgement,
    @Default("{}") LimitsConfig limits,
    @Default("''") String requests,
    @Default("{}") HealthConfig health,
    @Default("{}") OutputsConfig outputs) {
  /** A judgement holds at least so long after its sample. */
  private static final Duration WITHDRAWN_AFTER = Duration.ofMinutes(5);

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  private static final long ROW_BYTES = 1024;

  public ExporterConfig {
    Refusals refusals =
        new Refusals()
            .unless(!sources.isEmpty(), "sources: must name at least one")
            .unless(
                interval.compareTo(SHORTEST_INTERVAL) >= 0,
                "interval: must be at least 100ms, found " + PromDuration.format(interval))
            .unless(history.compareTo(interval) >= 0, "history: must be at least the interval")
            .unless(
                delay.compareTo(history) <= 0,
                "delay: %s is longer than history, which is %s"
                    .formatted(PromDuration.plain(delay), PromDuration.plain(history)));
    Set<String> names = new HashSet<>();
    for (SourceConfig source : sources) {
      refusals.unless(
          names.add(source.name()),
          "sources: \"" + source.name() + "\" stands twice; tell them apart by name");
    }
    for (String replica : replicaLabels) {
      refusals.unless(
          Matcher.isLabelName(replica), "replicaLabels: \"" + replica + "\" is no label name");
      refusals.unless(
          !labels.add().contains(replica) && !workload.labels().contains(replica),
          "replicaLabels: \"" + replica + "\" is merged away and cannot be kept as well");
    }
    OwnPromql asked = requests.isBlank() ? OwnPromql.FINE : OwnPromql.of(requests);
    refusals.unless(!asked.isRefused(), "requests: " + asked.problem());
    boolean fits = interval.compareTo(SHORTEST_INTERVAL) >= 0;
    if (fits) { // else it is told above, and nothing fits it
      refusals
          .of(() -> judge(interval, history, baseline, growth, judgement))
          .ifPresent(judge -> refusals.of(() -> snapshotShape(outputs, judge)));
    }
    Duration step = fits ? interval : SHORTEST_INTERVAL;
    refusals.of(
        () ->
            care(
                signals.judged(requests, replicaLabels, step),
                signals.known(step),
                outputs,
                health,
                step));
    refusals.throwIfAny();
  }

  /** PromQL that not every server takes, and why; each begins with its key. */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>(signals.doubts());
    OwnPromql asked = requests.isBlank() ? OwnPromql.FINE : OwnPromql.of(requests);
    if (asked.isDoubted()) {
      doubts.add("requests: " + asked.problem());
    }
    return doubts;
  }

  Grid grid() {
    return new Grid(interval, delay, history);
  }

  /** The same for each source alone. */
  List<ExporterConfig> bySource() {
    return sources.stream().map(source -> with(List.of(source), outputs)).toList();
  }

  /** The one source of a configuration {@link #bySource}. */
  SourceConfig source() {
    return sources.get(0);
  }

  /** What is judged of each target. */
  List<Signal> judged() {
    return signals.judged(requests, replicaLabels, interval);
  }

  FleetShape fleet() {
    Duration late = delay.plus(interval.multipliedBy(3));
    return FleetShape.of(
            judged(),
            judge(interval, history, baseline, growth, judgement),
            late.compareTo(WITHDRAWN_AFTER) > 0 ? late : WITHDRAWN_AFTER,
            limits,
            workload,
            labels)
        .caringFor(care());
  }

  /** What is asked beside the samples. */
  List<Lookup> lookups() {
    return fleet().care().lookups();
  }

  private CareShape care() {
    return care(judged(), signals.known(interval), outputs, health, interval);
  }

  private static CareShape care(
      List<Signal> judged,
      Catalogue known,
      OutputsConfig outputs,
      HealthConfig health,
      Duration interval) {
    List<String> ids = judged.stream().map(Signal::id).toList();
    Optional<ForecastConfig> forecast = Optional.empty();
    if (!outputs.forecast().isEmpty()) {
      Refusals refusals = new Refusals();
      for (String id : outputs.forecastOf()) {
        refusals.unless(
            ids.contains(id),
            "outputs: forecastOf: \"" + id + "\" is not judged; add it to signals.include");
      }
      forecast =
          refusals.of(
              "outputs: forecast: ", () -> new ForecastConfig(interval, outputs.forecast()));
      refusals.throwIfAny();
    }
    return new CareShape(
        Optional.of(health),
        Lookups.of(judged, known),
        forecast,
        forecast.isPresent() ? Set.copyOf(outputs.forecastOf()) : Set.of());
  }

  /** An answer of one slot has a row for each series, and a row is labels mostly. */
  ClientLimits clientLimits() {
    ClientLimits least = ClientLimits.defaults().withTimeout(source().timeout());
    return least.withMaxResponseBytes(
        Math.max(least.maxResponseBytes(), limits.series() * ROW_BYTES));
  }

  /** Labels that rows must keep although they do not make a target. */
  List<String> keptLabels() {
    return Stream.concat(labels.add().stream(), workload.labels().stream()).distinct().toList();
  }

  /** Whether the same is learnt under both, whatever of it is shown. Forecasts are learnt. */
  boolean learnsAs(ExporterConfig other) {
    return outputs.forecastsAs(other.outputs) && with(sources, other.outputs).equals(other);
  }

  private ExporterConfig with(List<SourceConfig> otherSources, OutputsConfig otherOutputs) {
    return new ExporterConfig(
        otherSources,
        targets,
        interval,
        delay,
        history,
        replicaLabels,
        labels,
        workload,
        signals,
        baseline,
        growth,
        judgement,
        limits,
        requests,
        health,
        otherOutputs);
  }

  /** How every series is judged. */
  JudgeConfig judge() {
    return judge(interval, history, baseline, growth, judgement);
  }

  SnapshotShape snapshotShape() {
    return snapshotShape(outputs, judge(interval, history, baseline, growth, judgement));
  }

  private static SnapshotShape snapshotShape(OutputsConfig outputs, JudgeConfig judge) {
    try {
      return SnapshotShape.of(outputs.windows(), outputs.quantiles(), judge);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("outputs: " + e.getMessage(), e);
    }
  }

  private static JudgeConfig judge(
      Duration interval,
      Duration history,
      BaselineConfig baseline,
      GrowthSettings growth,
      JudgementSettings judgement) {
    Refusals refusals = new Refusals();
    Optional<GrowthConfig> horizons =
        refusals.of("growth: ", () -> new GrowthConfig(growth.horizons(), growth.warmUp()));
    Optional<List<WindowShape>> windows =
        refusals.of("baseline: ", () -> baseline.shapes(interval, history));
    refusals.throwIfAny();
    try {
      return new JudgeConfig(
          interval,
          windows.orElseThrow(),
          baseline.lag(),
          baseline.freezeAfter(),
          baseline.freezeCap(),
          baseline.minSamples(),
          horizons.orElseThrow(),
          Set.copyOf(judgement.off()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("baseline: " + e.getMessage(), e);
    }
  }
}
