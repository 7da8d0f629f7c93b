package dev.tidemark.webhook;

import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.toolkit.launch.Version;
import dev.tidemark.webhook.journal.JournalCounts;
import dev.tidemark.webhook.journal.SqliteJournal;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/** What the program tells of itself and of the journal as it is now. */
final class AppMetrics {
  private final Gauge good;
  private final Gauge loadedAt;
  private final InstantSource clock;

  AppMetrics(PrometheusRegistry registry, SqliteJournal journal, InstantSource clock) {
    this.clock = clock;
    good =
        Gauge.builder()
            .name(SelfMetrics.CONFIG_GOOD)
            .help("1 where the last reload was good.")
            .register(registry);
    loadedAt =
        Gauge.builder()
            .name(SelfMetrics.CONFIG_LOADED)
            .help("When the configuration in force was read.")
            .register(registry);
    Info.builder()
        .name(SelfMetrics.BUILD_INFO.replaceFirst("_info$", ""))
        .help("Constant 1.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(Version.text());
    GaugeWithCallback.builder()
        .name(SelfMetrics.EPISODES_OPEN)
        .help("Episodes that are open now, by status.")
        .labelNames("status")
        .callback(
            callback -> {
              JournalCounts counts = journal.counts();
              callback.call((double) counts.episodesFiring(), "firing");
              callback.call((double) counts.executionsUnfinished(), "running");
              callback.call((double) counts.waitingForApproval(), "waiting_approval");
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name(SelfMetrics.PAUSED)
        .help("1 while an operator holds all steps back.")
        .callback(callback -> callback.call(journal.pause().paused() ? 1 : 0))
        .register(registry);
    GaugeWithCallback.builder()
        .name(SelfMetrics.QUEUE_LENGTH)
        .help("Executions that are due and wait for a worker.")
        .callback(callback -> callback.call(journal.due(clock.instant(), 1000).size()))
        .register(registry);
    GaugeWithCallback.builder()
        .name(SelfMetrics.EVIDENCE_BYTES)
        .help("Bytes of evidence the journal knows.")
        .callback(callback -> callback.call((double) journal.evidenceBytes()))
        .register(registry);
    reloaded(true);
  }

  void reloaded(boolean isGood) {
    good.set(isGood ? 1 : 0);
    if (isGood) {
      loadedAt.set(clock.millis() / 1000.0);
    }
  }
}
