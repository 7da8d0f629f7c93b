package dev.tidemark.rules.first;

import static dev.tidemark.signals.metric.SourceMetrics.GO_INFO;

import dev.tidemark.toolkit.prometheus.VectorSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Tells targets that are scraped with other labels now from those that ended: of the same job and
 * instance there is one now that was not there while they were.
 */
final class Renamed {
  /** To a minute, so two that lie side by side for less, as at a reload, are one. */
  private static final String TIMES = "%1$s by (%2$s) (%1$s_over_time(timestamp(%3$s)[1h:1m]))";

  private final Answers answers;
  private final List<Map<String, String>> here;

  /**
   * @param here the targets that are there now
   */
  Renamed(Answers answers, List<Map<String, String>> here) {
    this.answers = answers;
    this.here = List.copyOf(here);
  }

  /**
   * Which services have only such targets.
   *
   * @param gone those of which no target is there now
   */
  List<SortedMap<String, String>> of(
      Map<SortedMap<String, String>, List<Map<String, String>>> gone) {
    Set<List<String>> scraped = here.stream().map(Survey::scrape).collect(Collectors.toSet());
    List<SortedMap<String, String>> candidates =
        gone.entrySet().stream()
            .filter(one -> one.getValue().stream().map(Survey::scrape).allMatch(scraped::contains))
            .map(Map.Entry::getKey)
            .toList();
    if (candidates.isEmpty()) {
      return List.of();
    }
    Map<Map<String, String>, Double> last = times("max");
    Map<Map<String, String>, Double> first = times("min");
    Map<List<String>, Double> newest =
        here.stream()
            .collect(
                Collectors.toMap(
                    Survey::scrape,
                    // one that has no whole minute behind it is new
                    target -> first.getOrDefault(target, Double.POSITIVE_INFINITY),
                    Math::max));
    return candidates.stream()
        .filter(
            service ->
                gone.getOrDefault(service, List.of()).stream()
                    .allMatch(
                        target ->
                            newest.getOrDefault(Survey.scrape(target), 0.0)
                                > last.getOrDefault(target, 0.0)))
        .toList();
  }

  /** When targets had a sample within the hour, the first or the last. */
  private Map<Map<String, String>, Double> times(String which) {
    Map<Map<String, String>, Double> times = new HashMap<>();
    for (VectorSample row : answers.ask(TIMES.formatted(which, Survey.TARGET_LABELS, GO_INFO))) {
      times.put(row.labels(), row.value());
    }
    return times;
  }
}
