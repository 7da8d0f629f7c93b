package dev.tidemark.rules.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Episodes counted.
 *
 * @param episodes how often a series fired
 * @param told how often people would have been told: series of one group of Alertmanager's that
 *     fire together, or within its group interval after one another, are told once
 * @param flaps how often a series fired again within an hour after it was resolved
 * @param open how many fire at the end
 */
public record Tally(
    int episodes, int told, int flaps, int open, Duration shortest, Duration longest) {
  private static final Duration FLAP = Duration.ofHours(1);

  /**
   * @param groupBy labels of Alertmanager's route; {@code ...} for all
   * @param groupInterval of the route
   */
  public static Tally of(List<Episode> episodes, List<String> groupBy, Duration groupInterval) {
    Map<SortedMap<String, String>, Instant> ended = new HashMap<>();
    Map<SortedMap<String, String>, Instant> groups = new HashMap<>();
    int told = 0;
    int flaps = 0;
    List<Episode> sorted = new ArrayList<>(episodes);
    sorted.sort(Comparator.comparing(Episode::from));
    for (Episode episode : sorted) {
      Instant before = ended.put(episode.labels(), episode.to());
      if (before != null && Duration.between(before, episode.from()).compareTo(FLAP) <= 0) {
        flaps++;
      }
      SortedMap<String, String> group = new TreeMap<>(episode.labels());
      if (!groupBy.contains("...")) {
        group.keySet().retainAll(groupBy);
      }
      Instant until = groups.get(group);
      if (until == null || episode.from().isAfter(until.plus(groupInterval))) {
        told++;
      }
      groups.merge(group, episode.to(), (a, b) -> a.isAfter(b) ? a : b);
    }
    return new Tally(
        sorted.size(),
        told,
        flaps,
        (int) sorted.stream().filter(Episode::open).count(),
        sorted.stream().map(Episode::length).min(Comparator.naturalOrder()).orElse(Duration.ZERO),
        sorted.stream().map(Episode::length).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
  }
}
