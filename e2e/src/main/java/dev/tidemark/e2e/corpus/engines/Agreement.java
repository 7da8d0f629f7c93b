package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.table.Episode;
import java.util.ArrayList;
import java.util.List;

/**
 * How far two engines tell the same. Two episodes of one alert and target are the same when they
 * overlap; what is less than an hour apart is one episode.
 *
 * @param same pairs, each episode of the first engine with the earliest of the second that overlaps
 * @param onlyFirst episodes of the first engine that nothing of the second overlaps
 * @param onlySecond episodes of the second that nothing of the first overlaps
 */
record Agreement(List<Pair> same, List<Episode> onlyFirst, List<Episode> onlySecond) {
  /** One episode as both engines tell it. */
  record Pair(Episode first, Episode second) {
    /** Seconds; above 0 where the second begins later. */
    double later() {
      return second.from() - first.from();
    }

    /** Seconds between their ends, never below 0. */
    double endsApart() {
      return Math.abs(second.until() - first.until());
    }
  }

  Agreement {
    same = List.copyOf(same);
    onlyFirst = List.copyOf(onlyFirst);
    onlySecond = List.copyOf(onlySecond);
  }

  static Agreement of(List<Episode> first, List<Episode> second) {
    List<Episode> one = Episode.merged(first);
    List<Episode> other = Episode.merged(second);
    List<Pair> same = new ArrayList<>();
    List<Episode> onlyFirst = new ArrayList<>();
    for (Episode episode : one) {
      other.stream()
          .filter(o -> overlap(episode, o))
          .findFirst()
          .ifPresentOrElse(o -> same.add(new Pair(episode, o)), () -> onlyFirst.add(episode));
    }
    List<Episode> onlySecond =
        other.stream().filter(o -> one.stream().noneMatch(e -> overlap(e, o))).toList();
    return new Agreement(same, onlyFirst, onlySecond);
  }

  private static boolean overlap(Episode a, Episode b) {
    return a.pod().equals(b.pod())
        && a.signal().equals(b.signal())
        && a.from() <= b.until()
        && b.from() <= a.until();
  }
}
