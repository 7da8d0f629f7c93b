package dev.tidemark.toolkit.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** What the server counts about itself. */
final class WebMetrics {
  /** Why a connection or request was turned away. */
  enum TurnedAway {
    CONNECTIONS,
    DEADLINE,
    IDLE,
    BODY_TOO_LARGE,
    CREDENTIALS,
    BUSY,
    CROSS_SITE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Counter requests;
  private final Counter turnedAway;
  private final Gauge connections;

  WebMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("tidemark_web_requests_total")
            .help("Answered HTTP requests by status code.")
            .labelNames("code")
            .register(registry);
    turnedAway =
        Counter.builder()
            .name("tidemark_web_turned_away_total")
            .help("Connections and requests that the server cut off or refused, by reason.")
            .labelNames("reason")
            .register(registry);
    connections =
        Gauge.builder()
            .name("tidemark_web_connections")
            .help("Open HTTP connections.")
            .register(registry);
  }

  void answered(int status) {
    requests.labelValues(String.valueOf(status)).inc();
  }

  void turnedAway(TurnedAway reason) {
    turnedAway.labelValues(reason.label()).inc();
  }

  void connections(int change) {
    connections.inc(change);
  }
}
