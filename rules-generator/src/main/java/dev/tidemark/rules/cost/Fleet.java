package dev.tidemark.rules.cost;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.metric.KnownMetric;
import dev.tidemark.rules.metric.KnownMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guesses series from the size of a fleet. A selector finds the targets of every service that it
 * does not exclude by a label both name; a metric has one series a target, unless it is known to
 * have more.
 *
 * @param parts the services
 * @param others targets where the selector fits no service
 * @param fanOut series a target of a metric that nobody knows
 */
public record Fleet(List<Part> parts, long others, long fanOut) implements Size {
  /** As many as the default buckets of a client's histogram. */
  private static final int BUCKETS = 12;

  private static final int QUANTILES = 5;

  /** As many as the exporter judges of a target by default. */
  private static final int SIGNALS = 8;

  private static final KnownMetrics METRICS = KnownMetrics.load();

  /**
   * A service.
   *
   * @param selector the labels all its series have
   * @param targets how many there are
   */
  public record Part(Map<String, String> selector, long targets) {
    public Part {
      selector = Map.copyOf(selector);
    }
  }

  public Fleet {
    parts = List.copyOf(parts);
  }

  @Override
  public long series(VectorSelector selector) {
    return Math.multiplyExact(targets(selector), each(selector));
  }

  @Override
  public long targets(VectorSelector selector) {
    List<Part> found = parts.stream().filter(part -> isOf(part, selector)).toList();
    return found.isEmpty() ? others : found.stream().mapToLong(Part::targets).sum();
  }

  private static boolean isOf(Part part, VectorSelector selector) {
    return selector.matchers().stream()
        .filter(matcher -> matcher.op() == Matcher.Op.EQ)
        .allMatch(
            matcher ->
                matcher
                    .value()
                    .equals(part.selector().getOrDefault(matcher.label(), matcher.value())));
  }

  private long each(VectorSelector selector) {
    String name = selector.name();
    Optional<KnownMetric> known = METRICS.find(name);
    boolean bucket = name.endsWith("_bucket") && !isAsked(selector, "le");
    if (known.isEmpty()) {
      long labels = KnownMetrics.isRecorded(name) ? 1 : fanOut;
      return bucket ? labels * BUCKETS : labels;
    }
    if (bucket) {
      return BUCKETS;
    }
    if (known.get().type() == KnownMetric.Type.SUMMARY && known.get().name().equals(name)) {
      return isAsked(selector, "quantile") ? 1 : QUANTILES;
    }
    boolean judged = known.get().from().equals("tidemark") && JUDGED.contains(name);
    return judged && !isAsked(selector, "signal") ? SIGNALS : 1;
  }

  private static final List<String> JUDGED =
      List.of("tidemark_score", "tidemark_leak_state", "tidemark_history_seconds");

  private static boolean isAsked(VectorSelector selector, String label) {
    return selector.matchers().stream()
        .anyMatch(m -> m.label().equals(label) && m.op() == Matcher.Op.EQ);
  }
}
