package dev.tidemark.webhook.recheck;

import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.QueryResult;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The two questions this program asks a Prometheus. */
public interface PromQuery {
  QueryResult query(String expr, Instant at) throws PrometheusException;

  List<String> queryRange(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException;

  /** By the real client. */
  static PromQuery of(PrometheusClient client) {
    return new PromQuery() {
      @Override
      public QueryResult query(String expr, Instant at) throws PrometheusException {
        return client.query(expr, at);
      }

      @Override
      public List<String> queryRange(
          String expr, Instant start, Instant end, Duration step, SeriesSink sink)
          throws PrometheusException {
        return client.queryRange(expr, start, end, step, sink);
      }
    };
  }
}
