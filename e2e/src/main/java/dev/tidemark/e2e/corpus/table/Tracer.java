package dev.tidemark.e2e.corpus.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes episodes of what holds at which times, with the patience of an alert.
 *
 * <p>Not safe for several threads.
 */
final class Tracer {
  private record Key(String pod, String signal) {}

  private static final class Run {
    private final double began;
    private double last;

    private Run(double at) {
      began = at;
      last = at;
    }
  }

  private final double patience;
  private final double tolerance;
  private final Map<Key, Run> runs = new HashMap<>();
  private final List<Episode> episodes = new ArrayList<>();

  /**
   * @param patience seconds it must hold: the {@code for} of an alert
   * @param tolerance seconds within which it must be seen again to hold on
   */
  Tracer(double patience, double tolerance) {
    this.patience = patience;
    this.tolerance = tolerance;
  }

  /** It holds at a time; times of one series ascend. */
  void holds(String pod, String signal, double at) {
    Key key = new Key(pod, signal);
    Run run = runs.get(key);
    if (run != null && at - run.last <= tolerance) {
      run.last = at;
      return;
    }
    end(key, run);
    runs.put(key, new Run(at));
  }

  private void end(Key key, @org.jspecify.annotations.Nullable Run run) {
    if (run != null && run.last - run.began >= patience) {
      episodes.add(new Episode(key.pod(), key.signal(), run.began + patience, run.last));
    }
  }

  /** All there was; what is less than an hour apart is one. */
  List<Episode> episodes() {
    runs.forEach(this::end);
    runs.clear();
    return Episode.merged(episodes);
  }
}
