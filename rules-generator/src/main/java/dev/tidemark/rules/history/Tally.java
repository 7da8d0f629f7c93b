package dev.tidemark.rules.history;

import dev.tidemark.rules.model.Routing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Episodes counted.
 *
 * @param episodes how often a series fired
 * @param told how often people would have been told: series of one group of Alertmanager's that
 *     fire together, or within its group interval after one another, are told once
 * @param muted how many nobody is told of: their team's mute times hold on until they are resolved
 * @param flaps how often a series fired again within an hour after it was resolved
 * @param open how many fire at the end
 */
public record Tally(
    int episodes, int told, int muted, int flaps, int open, Duration shortest, Duration longest) {
  private static final Duration FLAP = Duration.ofHours(1);

  private record Heard(Instant at, Episode episode) {}

  /**
   * @param routing who is told, and when
   */
  public static Tally of(List<Episode> episodes, Routing routing) {
    return of(episodes, routing.groupBy(), routing.groupInterval(), MuteTimes.of(routing)::told);
  }

  /**
   * @param groupBy labels of Alertmanager's route; {@code ...} for all
   * @param groupInterval of the route
   * @param tells when people are told of an episode, if at all
   */
  static Tally of(
      List<Episode> episodes,
      List<String> groupBy,
      Duration groupInterval,
      Function<Episode, Optional<Instant>> tells) {
    Map<SortedMap<String, String>, Instant> ended = new HashMap<>();
    Map<SortedMap<String, String>, Instant> groups = new HashMap<>();
    int flaps = 0;
    List<Episode> sorted = new ArrayList<>(episodes);
    sorted.sort(Comparator.comparing(Episode::from));
    List<Heard> heard = new ArrayList<>();
    for (Episode episode : sorted) {
      Instant before = ended.put(episode.labels(), episode.to());
      if (before != null && Duration.between(before, episode.from()).compareTo(FLAP) <= 0) {
        flaps++;
      }
      tells.apply(episode).ifPresent(at -> heard.add(new Heard(at, episode)));
    }
    heard.sort(Comparator.comparing(Heard::at));
    int told = 0;
    for (Heard one : heard) {
      SortedMap<String, String> group = new TreeMap<>(one.episode().labels());
      if (!groupBy.contains("...")) {
        group.keySet().retainAll(groupBy);
      }
      Instant until = groups.get(group);
      if (until == null || one.at().isAfter(until.plus(groupInterval))) {
        told++;
      }
      groups.merge(group, one.episode().to(), (a, b) -> a.isAfter(b) ? a : b);
    }
    return new Tally(
        sorted.size(),
        told,
        sorted.size() - heard.size(),
        flaps,
        (int) sorted.stream().filter(Episode::open).count(),
        sorted.stream().map(Episode::length).min(Comparator.naturalOrder()).orElse(Duration.ZERO),
        sorted.stream().map(Episode::length).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
  }
}
