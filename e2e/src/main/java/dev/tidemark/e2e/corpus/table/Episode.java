package dev.tidemark.e2e.corpus.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A judge says that something is wrong with a signal of a target, from then until then.
 *
 * @param from epoch seconds of the corpus
 * @param until epoch seconds of the corpus
 */
public record Episode(String pod, String signal, double from, double until) {
  /** Silences shorter than this do not end an episode. */
  static final double APART = 3600;

  /** The same with what is less than an hour apart made one. */
  public static List<Episode> merged(List<Episode> episodes) {
    List<Episode> sorted = new ArrayList<>(episodes);
    sorted.sort(
        Comparator.comparing(Episode::pod)
            .thenComparing(Episode::signal)
            .thenComparingDouble(Episode::from));
    List<Episode> merged = new ArrayList<>();
    for (Episode next : sorted) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).isContinuedBy(next)) {
        Episode before = merged.get(last);
        merged.set(last, before.until(Math.max(before.until(), next.until())));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  private boolean isContinuedBy(Episode next) {
    return pod.equals(next.pod) && signal.equals(next.signal) && next.from - until < APART;
  }

  private Episode until(double later) {
    return new Episode(pod, signal, from, later);
  }
}
