package dev.tidemark.rules.cost;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.metric.KnownMetric;
import dev.tidemark.rules.metric.KnownMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Guesses series from the size of a fleet. A selector finds the targets of the services that it
 * asks for by their labels; where there are none, of those that it does not exclude by a label both
 * name. Services whose targets are others', too, count once. A metric has one series a target,
 * unless it is known to have more. What Tidemark tells of itself comes from few programs, however
 * large the fleet is.
 *
 * @param parts the services
 * @param others targets where the selector fits no service
 * @param fanOut series a target of a metric that nobody knows
 */
public record Fleet(List<Part> parts, long others, long fanOut) implements Size {
  /** As many as the default buckets of a client's histogram. */
  private static final int BUCKETS = 12;

  private static final int QUANTILES = 5;

  /** Exporters or webhooks, where nobody said how many there are. */
  private static final long PROGRAMS = 2;

  /** As many as the exporter judges of a target by default. */
  private static final int SIGNALS = 8;

  private static final KnownMetrics METRICS = KnownMetrics.load();

  /**
   * A service.
   *
   * @param selector the labels all its series have
   * @param targets how many there are
   * @param stated whether somebody said so
   */
  public record Part(Map<String, String> selector, long targets, boolean stated) {
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
    List<Part> asked = parts.stream().filter(part -> isAskedFor(part, selector)).toList();
    if (METRICS.isOfItself(selector.name())) {
      long stated = asked.stream().filter(Part::stated).mapToLong(Part::targets).max().orElse(0);
      return stated == 0 ? PROGRAMS : stated;
    }
    if (!asked.isEmpty()) {
      // all it finds belongs to each of them
      return bySelector(asked).values().stream().mapToLong(Long::longValue).min().orElse(others);
    }
    List<Part> found = parts.stream().filter(part -> isOf(part, selector)).toList();
    return found.isEmpty() ? others : together(found);
  }

  private static Map<Map<String, String>, Long> bySelector(List<Part> parts) {
    Map<Map<String, String>, Long> targets = new HashMap<>();
    parts.forEach(part -> targets.merge(part.selector(), part.targets(), Math::max));
    return targets;
  }

  /** Targets of one service that are another's, too, count once. */
  private static long together(List<Part> found) {
    List<Part> apart =
        found.stream()
            .filter(part -> found.stream().noneMatch(other -> isWithin(other, part)))
            .toList();
    long sum = bySelector(apart).values().stream().mapToLong(Long::longValue).sum();
    long stated = found.stream().filter(Part::stated).mapToLong(Part::targets).max().orElse(0);
    return Math.max(sum, stated);
  }

  /** Whether all targets of the one are surely some of the other's. */
  private static boolean isWithin(Part inner, Part outer) {
    return inner.selector().size() > outer.selector().size()
        && inner.selector().entrySet().containsAll(outer.selector().entrySet());
  }

  /** Whether the selector asks for this service by all it says, and says something. */
  private static boolean isAskedFor(Part part, VectorSelector selector) {
    List<Matcher> equal =
        selector.matchers().stream()
            .filter(matcher -> matcher.op() == Matcher.Op.EQ)
            .filter(matcher -> !matcher.value().isEmpty())
            .toList();
    return equal.stream().anyMatch(m -> part.selector().containsKey(m.label()))
        && isOf(part, selector)
        && part.selector().keySet().stream()
            .allMatch(label -> equal.stream().anyMatch(m -> m.label().equals(label)));
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
    if (METRICS.isOfItself(name) && known.get().type() == KnownMetric.Type.COUNTER) {
      return fanOut; // most are told apart by a reason or an outcome
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
