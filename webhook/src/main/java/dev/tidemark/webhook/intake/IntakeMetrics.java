package dev.tidemark.webhook.intake;

import dev.tidemark.signals.metric.SelfMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;

/** What the intake tells of itself. Thread-safe. */
final class IntakeMetrics {
  private final Counter answered;
  private final Histogram duration;
  private final Counter bytes;
  private final Counter refused;
  private final Counter notStored;

  IntakeMetrics(PrometheusRegistry registry) {
    answered =
        counter(SelfMetrics.NOTIFICATIONS, "Notifications answered, by HTTP status.", "code")
            .register(registry);
    duration =
        Histogram.builder()
            .name(SelfMetrics.NOTIFICATION_DURATION)
            .help("From a notification's first byte to its answer.")
            .unit(Unit.SECONDS)
            .classicOnly()
            .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(registry);
    bytes =
        Counter.builder()
            .name(SelfMetrics.NOTIFICATION_BYTES)
            .help("Bytes of the bodies that were read.")
            .register(registry);
    refused =
        counter(
                SelfMetrics.NOTIFICATIONS_REFUSED,
                "Bodies that can never be taken in, by reason. Alertmanager sends each again every"
                    + " group_interval, so any increase needs a look at its sender.",
                "reason")
            .register(registry);
    notStored =
        counter(
                SelfMetrics.NOTIFICATIONS_NOT_STORED,
                "Notifications answered 503, by reason. Alertmanager sends them again.",
                "reason")
            .register(registry);
    List.of("200", "400", "401", "413", "503").forEach(answered::initLabelValues);
    for (BadPayload.Reason reason : BadPayload.Reason.values()) {
      refused.initLabelValues(word(reason));
    }
    for (NotStored reason : NotStored.values()) {
      notStored.initLabelValues(word(reason));
    }
  }

  void answered(int status, double seconds) {
    answered.labelValues(Integer.toString(status)).inc();
    duration.observe(seconds);
  }

  void read(long size) {
    bytes.inc(size);
  }

  void refused(BadPayload.Reason reason) {
    refused.labelValues(word(reason)).inc();
  }

  void notStored(NotStored reason) {
    notStored.labelValues(word(reason)).inc();
  }

  static String word(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private static Counter.Builder counter(String name, String help, String label) {
    return Counter.builder().name(name).help(help).labelNames(label);
  }
}
