package dev.tidemark.webhook.journal;

import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.webhook.alert.AlertStatus;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** What the journal counts. Thread-safe. */
public final class JournalMetrics {
  private final Counter receipts;
  private final Counter alerts;
  private final Histogram sync;

  public JournalMetrics(PrometheusRegistry registry) {
    receipts =
        Counter.builder()
            .name(SelfMetrics.RECEIPTS)
            .help("Notifications on disk.")
            .labelNames("duplicate")
            .register(registry);
    alerts =
        Counter.builder()
            .name(SelfMetrics.ALERTS)
            .help("Alerts inside the receipts, by status.")
            .labelNames("status")
            .register(registry);
    sync =
        Histogram.builder()
            .name(SelfMetrics.JOURNAL_SYNC)
            .help("One durable write of the journal, for all requests it serves.")
            .unit(Unit.SECONDS)
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5)
            .register(registry);
    receipts.initLabelValues("true");
    receipts.initLabelValues("false");
    for (AlertStatus status : AlertStatus.values()) {
      alerts.initLabelValues(status.text());
    }
  }

  /** Counts into a registry that nobody reads. */
  public static JournalMetrics none() {
    return new JournalMetrics(new PrometheusRegistry());
  }

  void stored(Receipt receipt) {
    receipts.labelValues(Boolean.toString(receipt.duplicateOf() != null)).inc();
    receipt.alerts().forEach(alert -> alerts.labelValues(alert.status().text()).inc());
  }

  void synced(long nanos) {
    sync.observe(nanos / 1e9);
  }
}
