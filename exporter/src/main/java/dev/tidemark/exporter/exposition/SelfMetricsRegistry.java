package dev.tidemark.exporter.exposition;

import dev.tidemark.exporter.checkpoint.Aside;
import dev.tidemark.exporter.checkpoint.CheckpointListener;
import dev.tidemark.exporter.fleet.Effort;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.source.FeedListener;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.launch.Version;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the exporter tells of itself, apart from the judged series so that one sample limit cannot
 * blind both. Safe for any thread.
 */
public final class SelfMetricsRegistry implements FeedListener, FleetListener, CheckpointListener {
  private static final String OUT_OF_ORDER = "out_of_order";

  /** Told as 0 from the start: an increase from nothing is none to Prometheus. */
  private static final List<String> SAMPLE_REFUSALS =
      List.of("not_finite", "off_grid", OUT_OF_ORDER, "no_target");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge lastSuccess;
  private final Gauge lastSlot;
  private final Counter failures;
  private final Counter samples;
  private final Gauge series;
  private final Gauge workloads;
  private final Counter seriesRefused;
  private final Counter samplesRefused;
  private final Gauge progress;
  private final Histogram evaluation;
  private final Counter evaluationCpu;
  private final Gauge snapshotTime;
  private final Counter slotsMissed;
  private final Gauge configGood;
  private final Gauge configLoaded;
  private final Gauge sealedAt;
  private final Gauge sealedBytes;
  private final Gauge sealedIn;
  private final Counter notSealed;
  private final Counter setAside;
  private final Counter startedOver;
  private Set<String> judged = Set.of();

  public SelfMetricsRegistry() {
    JvmMetrics.builder().register(registry);
    Gauge.builder()
        .name(SelfMetrics.BUILD_INFO)
        .help("The release that runs; constant 1.")
        .labelNames("version")
        .register(registry)
        .labelValues(Version.text())
        .set(1);
    lastSuccess =
        gauge(SelfMetrics.SOURCE_LAST_SUCCESS, "When a source last gave a whole answer.", "source");
    lastSlot =
        gauge(SelfMetrics.SOURCE_LAST_SLOT, "The last slot of the grid that was judged.", "source");
    failures =
        counter(
            SelfMetrics.SOURCE_FAILURES,
            "Answers of a source that were not used.",
            "source",
            "reason");
    samples = counter(SelfMetrics.SOURCE_SAMPLES, "Samples taken in.", "source");
    series = gauge(SelfMetrics.SERIES, "Series that are judged.", "signal");
    workloads = gauge(SelfMetrics.WORKLOADS, "Workloads whose history is held.");
    seriesRefused = counter(SelfMetrics.SERIES_REFUSED, "Series turned away at a bound.", "reason");
    samplesRefused = counter(SelfMetrics.SAMPLES_REFUSED, "Samples turned away.", "reason");
    progress =
        gauge(
            SelfMetrics.BACKFILL_PROGRESS,
            "How much of the history is learnt, 0 to 1; 1 once live.",
            "source");
    evaluation =
        Histogram.builder()
            .name(SelfMetrics.EVALUATION_DURATION)
            .help("One pass over the samples of one or more slots, without asking the source.")
            .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60)
            .register(registry);
    evaluationCpu =
        counter(SelfMetrics.EVALUATION_CPU, "CPU time of these passes, of all processors.");
    snapshotTime = gauge(SelfMetrics.SNAPSHOT_TIME, "When the snapshot that is served was made.");
    slotsMissed =
        counter(
            SelfMetrics.SLOTS_MISSED,
            "Slots that had fallen out of the history before their samples could be had.");
    configGood = gauge(SelfMetrics.CONFIG_GOOD, "1 where the last reload was good.");
    configLoaded = gauge(SelfMetrics.CONFIG_LOADED, "When the configuration in force was read.");
    sealedAt =
        gauge(
            SelfMetrics.CHECKPOINT_LAST_SUCCESS,
            "When a state of the source was sealed on disk last; 0 for never.",
            "source");
    sealedBytes =
        gauge(SelfMetrics.CHECKPOINT_BYTES, "Size of the segment that was sealed last.", "source");
    sealedIn = gauge(SelfMetrics.CHECKPOINT_DURATION, "How long sealing it took.", "source");
    notSealed =
        counter(SelfMetrics.CHECKPOINT_FAILURES, "Segments that could not be written.", "source");
    setAside =
        counter(
            SelfMetrics.CHECKPOINT_SET_ASIDE, "Segments that were not opened.", "source", "reason");
    startedOver =
        counter(
            SelfMetrics.STARTED_OVER,
            "Times a source was learnt again because a pass failed in the middle.",
            "source");
    for (Refusal reason : Refusal.values()) {
      seriesRefused.initLabelValues(reason.label());
    }
    SAMPLE_REFUSALS.forEach(samplesRefused::initLabelValues);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  public PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public void answered(String source, Instant at, long slot, long count) {
    lastSuccess.labelValues(source).set(seconds(at));
    lastSlot.labelValues(source).set(slot / 1000.0);
    samples.labelValues(source).inc(count);
  }

  @Override
  public void failed(String source, String reason) {
    failures.labelValues(source, reason).inc();
  }

  @Override
  public void rejected(String reason, long count) {
    samplesRefused.labelValues(reason).inc(count);
  }

  @Override
  public void missed(long slots) {
    slotsMissed.inc(slots);
  }

  @Override
  public void progress(String source, double ratio) {
    progress.labelValues(source).set(ratio);
  }

  @Override
  public void seriesRefused(Refusal reason) {
    seriesRefused.labelValues(reason.label()).inc();
  }

  @Override
  public void sampleIgnored() {
    samplesRefused.labelValues(OUT_OF_ORDER).inc();
  }

  /** What a pass took. */
  public void evaluated(Effort effort) {
    evaluation.observe(effort.clock().toNanos() / 1e9);
    evaluationCpu.inc(effort.cpu().toNanos() / 1e9);
  }

  /** What is served from now on. */
  public synchronized void serves(Snapshot snapshot, List<Signal> signals) {
    snapshotTime.set(seconds(snapshot.madeAt()));
    workloads.set(snapshot.workloads());
    Map<String, Integer> counts = new TreeMap<>();
    signals.forEach(signal -> counts.put(signal.id(), 0));
    judged.forEach(
        known -> {
          if (!counts.containsKey(known)) {
            series.remove(known);
          }
        });
    snapshot.series().forEach(view -> counts.merge(view.signal().id(), 1, Integer::sum));
    counts.forEach((signal, count) -> series.labelValues(signal).set(count));
    judged = Set.copyOf(counts.keySet());
  }

  /** No longer asked: it must not look as if it had stopped to answer. */
  public void forget(String source) {
    lastSuccess.remove(source);
    lastSlot.remove(source);
    progress.remove(source);
    sealedAt.remove(source);
    sealedBytes.remove(source);
    sealedIn.remove(source);
  }

  @Override
  public void opened(String source, Instant sealed) {
    sealedAt.labelValues(source).set(seconds(sealed));
  }

  @Override
  public void sealed(String source, Instant at, long bytes, Duration took) {
    sealedAt.labelValues(source).set(seconds(at));
    sealedBytes.labelValues(source).set((double) bytes);
    sealedIn.labelValues(source).set(took.toNanos() / 1e9);
  }

  @Override
  public void notSealed(String source) {
    notSealed.labelValues(source).inc();
  }

  @Override
  public void setAside(String source, Aside reason) {
    setAside.labelValues(source, reason.label()).inc();
  }

  /** A pass over a source failed, and it is learnt again. */
  public void startedOver(String source) {
    startedOver.labelValues(source).inc();
  }

  public void configured(Instant at) {
    configGood.set(1);
    configLoaded.set(seconds(at));
  }

  public void configurationRefused() {
    configGood.set(0);
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }
}
