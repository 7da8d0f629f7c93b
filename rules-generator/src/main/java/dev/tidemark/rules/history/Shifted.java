package dev.tidemark.rules.history;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A server as rules with a {@code query_offset} see it: as it was a while before. */
record Shifted(RangeSource source, Duration by) implements RangeSource {
  static RangeSource by(RangeSource source, Duration offset) {
    return offset.isZero() ? source : new Shifted(source, offset);
  }

  @Override
  public void goOn() {
    source.goOn();
  }

  @Override
  public List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    return source.range(
        expr,
        start.minus(by),
        end.minus(by),
        step,
        new SeriesSink() {
          @Override
          public void begin(Map<String, String> labels) {
            sink.begin(labels);
          }

          @Override
          public void sample(long timestampMillis, double value) {
            sink.sample(timestampMillis + by.toMillis(), value);
          }

          @Override
          public void end() {
            sink.end();
          }
        });
  }
}
