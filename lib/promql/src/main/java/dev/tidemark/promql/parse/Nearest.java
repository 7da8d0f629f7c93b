package dev.tidemark.promql.parse;

import java.util.Collection;
import java.util.Optional;

/** The word someone probably meant: the nearest by edit distance, at most a third of it wrong. */
final class Nearest {
  private static final int LONGEST = 60;

  private Nearest() {}

  static Optional<String> of(String typed, Collection<String> known) {
    Optional<String> nearest = Optional.empty();
    int best = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = typed.length() > LONGEST ? LONGEST : distance(typed, word);
      if (distance < best && distance <= Math.max(1, word.length() / 3)) {
        best = distance;
        nearest = Optional.of(word);
      }
    }
    return nearest;
  }

  /** Levenshtein's, row by row. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        corner = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
