package dev.tidemark.signals.signal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a target can be judged by a signal, and how well. It looks at names of metrics only: a
 * limit of zero or a collector that is off is not seen.
 *
 * @param way the best one that the target has all metrics of; empty where it has none
 * @param missing ways that would be better, or do at all, by what they still need; of the library
 *     that the target uses, where that is known
 * @param otherwise of the ways that only another library has, which one; empty where the target's
 *     own has one, or nothing is missing
 */
public record Support(
    Signal signal, Optional<Way> way, List<List<Need>> missing, Optional<Otherwise> otherwise) {
  /** A target's library has no metric for a signal, and another has. */
  public record Otherwise(String library, String other) {}

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
      return new Support(signal, found, List.of(), Optional.empty());
    }
    List<Way> better =
        ways.stream()
            .filter(w -> found.isEmpty() || w.estimate().isEmpty())
            .filter(w -> needs(signal, w).allMatch(Need::isCurrent))
            .toList();
    Optional<String> library = library(signal, exposed);
    List<Way> own = better.stream().filter(w -> isOf(signal, w, library)).toList();
    List<List<Need>> missing =
        own.stream()
            .map(w -> needs(signal, w).filter(n -> !exposed.contains(n.metric())).toList())
            .sorted(Comparator.comparingInt(List::size))
            .toList();
    int fewest = missing.isEmpty() ? 0 : missing.get(0).size();
    return new Support(
        signal,
        found,
        missing.stream().filter(needs -> needs.size() == fewest).toList(),
        own.isEmpty() ? otherwise(signal, library, better) : Optional.empty());
  }

  private static Stream<Need> needs(Signal signal, Way way) {
    return way.of().stream().flatMap(metric -> signal.need(metric).stream());
  }

  /** What others tell fits any target. */
  private static boolean isOf(Signal signal, Way way, Optional<String> library) {
    return library.isEmpty()
        || needs(signal, way)
            .filter(Need::isOfTarget)
            .allMatch(need -> need.library().equals(library.get()));
  }

  private static Optional<Otherwise> otherwise(
      Signal signal, Optional<String> library, List<Way> ways) {
    return library.flatMap(
        own ->
            ways.stream()
                .flatMap(way -> needs(signal, way))
                .filter(Need::isOfTarget)
                .map(Need::library)
                .filter(other -> !other.equals(own))
                .findFirst()
                .map(other -> new Otherwise(own, other)));
  }

  /**
   * The library that most of what the target exposes comes from: one that exports with
   * OpenTelemetry has no use for a line of client_golang. Empty where it exposes nothing of a
   * process, or as much of two.
   */
  private static Optional<String> library(Signal signal, Set<String> exposed) {
    Catalogue all = Catalogue.load();
    Map<String, Long> counts =
        exposed.stream()
            .flatMap(metric -> signal.need(metric).or(() -> all.need(metric)).stream())
            .filter(Need::isOfTarget)
            .collect(Collectors.groupingBy(Need::library, Collectors.counting()));
    long most = counts.values().stream().mapToLong(n -> n).max().orElse(0);
    List<String> first =
        counts.entrySet().stream()
            .filter(count -> count.getValue() == most)
            .map(Map.Entry::getKey)
            .toList();
    return first.size() == 1 ? Optional.of(first.get(0)) : Optional.empty();
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
    return otherwise
        .map(o -> o.library() + " has no metric for it, " + o.other() + " has")
        .orElseGet(() -> missing.stream().map(Support::hint).collect(Collectors.joining("; or ")));
  }

  private static String hint(List<Need> needs) {
    String names = needs.stream().map(Need::metric).collect(Collectors.joining(", "));
    String hints = needs.stream().map(Need::hint).distinct().collect(Collectors.joining("; "));
    return names + (needs.size() == 1 ? " is" : " are") + " not exposed: " + hints;
  }
}
