package dev.tidemark.exporter.source;

import java.util.HashMap;
import java.util.Map;

/**
 * Makes one of label sets that are equal and are told again and again, as those of a fleet are at
 * every pass: a new copy of each would have to be kept until the next one. Safe for several
 * threads.
 */
final class LabelSets {
  private static final class Known {
    final Map<String, String> labels;
    int turn;

    Known(Map<String, String> labels) {
      this.labels = labels;
    }
  }

  private final int tellers;
  private final Map<Map<String, String>, Known> sets = new HashMap<>();
  private int turn;
  private boolean told;

  /**
   * @param tellers replicas that tell the same, each at turns of its own
   */
  LabelSets(int tellers) {
    this.tellers = tellers;
  }

  /** The set, or one that is equal and was told before; nobody can change it. */
  synchronized Map<String, String> same(Map<String, String> labels) {
    Known known = sets.get(labels);
    if (known == null) {
      known = new Known(Map.copyOf(labels));
      sets.put(known.labels, known);
    }
    known.turn = turn;
    told = true;
    return known.labels;
  }

  /** Forgets what nobody told in the last turn of each; a turn in which nothing is told is none. */
  synchronized void turn() {
    if (told) {
      int over = turn++;
      sets.values().removeIf(known -> known.turn <= over - tellers);
      told = false;
    }
  }

  synchronized int size() {
    return sets.size();
  }
}
