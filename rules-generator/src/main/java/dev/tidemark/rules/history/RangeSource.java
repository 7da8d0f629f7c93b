package dev.tidemark.rules.history;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A server with a history. */
@FunctionalInterface
public interface RangeSource {
  /**
   * Evaluates an expression at start, start + step … up to end, both included.
   *
   * @return the server's warnings; with any, the answer may be partial
   * @throws PrometheusException where there is no usable answer
   */
  List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException;

  /** Asked between long steps of what is reckoned here; throws where there is no more time. */
  default void goOn() {}
}
