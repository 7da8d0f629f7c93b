package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An episode that was no noise: somebody says so, or its target died.
 *
 * @param why for people
 * @param before by when it must be told to be of use; empty: while it lasts
 * @param asked whether somebody asked for it
 */
public record Mattered(Episode episode, String why, Optional<Instant> before, boolean asked) {
  /** Those of an alert; an episode counts once. */
  static List<Mattered> of(
      List<Episode> episodes,
      List<Keep> keeps,
      List<Death> deaths,
      Duration near,
      Duration foretold) {
    List<Mattered> all = new ArrayList<>();
    for (Episode episode : episodes) {
      Optional<Keep> keep = keeps.stream().filter(k -> k.isOf(episode)).findFirst();
      Optional<Death> death =
          deaths.stream()
              .filter(d -> d.isToldBy(episode, near, foretold))
              .min((a, b) -> Boolean.compare(b.oom(), a.oom()));
      if (keep.isPresent() || death.isPresent()) {
        String why = death.map(Death::words).orElseGet(() -> keep.map(Keep::words).orElse(""));
        // an alert that tells of deaths themselves comes after them
        Optional<Instant> before = death.map(Death::at).filter(at -> at.isAfter(episode.from()));
        all.add(new Mattered(episode, why, before, keep.isPresent()));
      }
    }
    return all;
  }

  /** How much later it would be seen; empty where it would not be, or too late. */
  public Optional<Duration> late(List<Episode> episodes) {
    return episodes.stream()
        .filter(other -> other.labels().equals(episode.labels()))
        .filter(other -> other.from().isBefore(end()) && other.to().isAfter(episode.from()))
        .filter(other -> before.isEmpty() || other.from().isBefore(before.get()))
        .map(other -> Duration.between(episode.from(), other.from()))
        .min(Duration::compareTo)
        .map(late -> late.isNegative() ? Duration.ZERO : late);
  }

  private Instant end() {
    return episode.to().isAfter(episode.from()) ? episode.to() : episode.from().plusMillis(1);
  }
}
