package dev.tidemark.toolkit.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Counts outgoing calls. One for all destinations of a program.
 *
 * <p>{@code tidemark_outgoing_calls_total{destination, outcome}}: outcome is {@code ok}, {@code
 * status_4xx} and so on, or the reason of the failure; {@code
 * tidemark_outgoing_call_duration_seconds{destination}}: whole calls, retries and body included.
 */
public final class OutgoingMetrics {
  private final Counter calls;
  private final Histogram seconds;

  public OutgoingMetrics(PrometheusRegistry registry) {
    calls =
        Counter.builder()
            .name("tidemark_outgoing_calls_total")
            .help("Outgoing HTTP calls by destination and outcome.")
            .labelNames("destination", "outcome")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("tidemark_outgoing_call_duration_seconds")
            .help("Duration of outgoing HTTP calls, retries and body included.")
            .labelNames("destination")
            .classicOnly()
            .classicUpperBounds(0.01, 0.05, 0.25, 1, 5, 30, 120)
            .register(registry);
  }

  /** Counts into a registry that nobody reads. */
  public static OutgoingMetrics none() {
    return new OutgoingMetrics(new PrometheusRegistry());
  }

  void done(String destination, String outcome, long nanos) {
    calls.labelValues(destination, outcome).inc();
    seconds.labelValues(destination).observe(nanos / 1e9);
  }
}
