package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An alert over the past with other values.
 *
 * @param steps how far the values are from the present ones, in rungs
 * @param episodes of the whole past
 */
record Trial(Values values, int steps, List<Episode> episodes) {
  Trial {
    episodes = List.copyOf(episodes);
  }

  /** What it no longer sees of what it must. */
  List<Mattered> loses(List<Mattered> mattered) {
    return mattered.stream().filter(m -> m.late(episodes).isEmpty()).toList();
  }

  /** How much later all that mattered is seen, together. */
  Duration late(List<Mattered> mattered) {
    return mattered.stream()
        .map(m -> m.late(episodes))
        .flatMap(Optional::stream)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
