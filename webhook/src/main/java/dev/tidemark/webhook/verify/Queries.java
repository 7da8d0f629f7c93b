package dev.tidemark.webhook.verify;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.webhook.playbook.Condition;
import dev.tidemark.webhook.recheck.PromQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks whether a query's values fulfil a condition. Thread-safe. */
public final class Queries {
  private final PromQuery prometheus;

  public Queries(PromQuery prometheus) {
    this.prometheus = prometheus;
  }

  /** The answer. */
  public enum State {
    HOLDS,
    DOES_NOT_HOLD,
    NO_DATA,
    /** No usable answer; a partial one is none. */
    NO_ANSWER
  }

  /** The answer with what was found. */
  public record Asked(State state, String text) {}

  /**
   * Every value must fulfil the condition. Series of another cluster or namespace than the alert's
   * do not count, wherever in the expression they are read.
   *
   * @param scope {@code cluster} and {@code namespace}, where known
   */
  public Asked ask(String expr, Condition success, Map<String, String> scope, Instant now) {
    try {
      var result = prometheus.query(Confined.query(expr, scope), now);
      if (!result.warnings().isEmpty()) {
        return new Asked(State.NO_ANSWER, "the answer may be partial: " + result.warnings().get(0));
      }
      List<VectorSample> ours =
          result.samples().stream().filter(sample -> isWithin(sample.labels(), scope)).toList();
      if (ours.isEmpty()) {
        return new Asked(State.NO_DATA, "no data");
      }
      for (VectorSample sample : ours) {
        if (!success.holds(sample.value())) {
          return new Asked(
              State.DOES_NOT_HOLD, "the value is " + shown(sample.value()) + ", needs " + success);
        }
      }
      return new Asked(State.HOLDS, "the value is " + shown(ours.get(0).value()));
    } catch (ParseException e) {
      return new Asked(State.NO_ANSWER, "the expression cannot be read: " + e.getMessage());
    } catch (PrometheusException e) {
      return new Asked(State.NO_ANSWER, "Prometheus gives no answer (" + e.reason().label() + ")");
    }
  }

  private static boolean isWithin(Map<String, String> labels, Map<String, String> scope) {
    return scope.entrySet().stream()
        .allMatch(
            wanted -> {
              String found = labels.getOrDefault(wanted.getKey(), "");
              return found.isEmpty() || found.equals(wanted.getValue());
            });
  }

  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
