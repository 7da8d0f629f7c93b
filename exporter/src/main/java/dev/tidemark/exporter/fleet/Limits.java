package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.LimitTable;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The limits of all targets, as they were told last. Only read while a segment is judged. */
final class Limits {
  private final FleetShape shape;
  private final Set<String> asked;
  private final Map<String, Map<TargetKey, Double>> told = new HashMap<>();
  private int edition;

  Limits(FleetShape shape) {
    this.shape = shape;
    this.asked =
        shape.signals().stream()
            .map(Signal::limit)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  /** Changes whenever a limit may have. */
  int edition() {
    return edition;
  }

  /** Takes in a table, where it is one of limits. */
  void are(LimitTable table) {
    if (changes(table)) {
      told.put(table.of(), table.limits());
      edition++;
    }
  }

  /** Whether the table says anything that is not known. */
  boolean changes(LimitTable table) {
    return asked.contains(table.of())
        && !table.limits().equals(told.getOrDefault(table.of(), Map.of()));
  }

  /** NaN where there is none. */
  double of(TargetState target, int place) {
    return target.limit(place, edition, s -> lookUp(target.key, s));
  }

  private double lookUp(TargetKey key, int place) {
    Signal signal = shape.signals().get(place);
    String expr = signal.limit();
    Double own = expr == null ? null : told.getOrDefault(expr, Map.of()).get(key);
    return own != null ? own : shape.fixedLimits().getOrDefault(signal.id(), Double.NaN);
  }
}
