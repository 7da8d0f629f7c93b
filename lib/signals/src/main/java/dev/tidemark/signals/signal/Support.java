package dev.tidemark.signals.signal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a target can be judged by a signal, and how well. It looks at names of metrics only: a
 * limit of zero or a collector that is off is not seen.
 *
 * @param way the best one that the target has all metrics of; empty where it has none
 * @param missing ways that would be better, or do at all, by what they still need
 */
public record Support(Signal signal, Optional<Way> way, List<List<Need>> missing) {
  public Support {
    missing = List.copyOf(missing);
  }

  /**
   * @param exposed names of the metrics there are of a target, and of those that are of no target
   */
  public static Support of(Signal signal, Set<String> exposed) {
    List<Way> ways =
        signal.ways().isEmpty() && !signal.needs().isEmpty()
            ? List.of(new Way(signal.needs().stream().map(Need::metric).toList(), ""))
            : signal.ways();
    Optional<Way> found = ways.stream().filter(w -> exposed.containsAll(w.of())).findFirst();
    if (ways.isEmpty() || found.map(Way::estimate).orElse("none").isEmpty()) {
      return new Support(signal, found, List.of());
    }
    List<List<Need>> missing =
        ways.stream()
            .filter(w -> found.isEmpty() || w.estimate().isEmpty())
            .map(w -> w.of().stream().filter(m -> !exposed.contains(m)).toList())
            .map(names -> names.stream().flatMap(m -> signal.need(m).stream()).toList())
            .sorted(Comparator.comparingInt(List::size))
            .toList();
    int fewest = missing.isEmpty() ? 0 : missing.get(0).size();
    return new Support(
        signal, found, missing.stream().filter(needs -> needs.size() == fewest).toList());
  }

  public boolean isSupported() {
    return way.isPresent() || (signal.ways().isEmpty() && signal.needs().isEmpty());
  }

  /** {@code exact}, {@code estimated from …}; empty where the signal is not supported. */
  public String basis() {
    if (!isSupported()) {
      return "";
    }
    String estimate = way.map(Way::estimate).orElse("");
    return estimate.isEmpty() ? "exact" : "estimated from " + estimate;
  }

  /** What would have to be exposed for a better or any judgement, and how; empty where all is. */
  public String hint() {
    return missing.stream().map(Support::hint).collect(Collectors.joining("; or "));
  }

  private static String hint(List<Need> needs) {
    String names = needs.stream().map(Need::metric).collect(Collectors.joining(", "));
    String hints = needs.stream().map(Need::hint).distinct().collect(Collectors.joining("; "));
    return names + (needs.size() == 1 ? " is" : " are") + " not exposed: " + hints;
  }
}
