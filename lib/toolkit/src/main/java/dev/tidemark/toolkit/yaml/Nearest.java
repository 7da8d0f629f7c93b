package dev.tidemark.toolkit.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the word someone probably meant: the nearest by edit distance with swaps (optimal string
 * alignment), when at most a third of it differs.
 */
public final class Nearest {
  private static final int LONGEST = 60;

  /** Of words that are listed where none is near. */
  private static final int MOST = 10;

  private Nearest() {}

  public static Optional<String> of(String typed, Collection<String> known) {
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String word : known) {
      int distance = distance(simple(typed), simple(word));
      if (distance < best && distance <= Math.max(1, word.length() / 3)) {
        best = distance;
        nearest = word;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The end of a message: which word was probably meant, or else which there are. */
  public static String instead(String typed, Collection<String> known) {
    if (known.isEmpty()) {
      return "";
    }
    return of(typed, known)
        .map(near -> ", did you mean " + near + "?")
        .orElseGet(
            () ->
                (known.size() == 1 ? ", there is " : ", there are ")
                    + known.stream().limit(MOST).collect(Collectors.joining(", "))
                    + (known.size() > MOST ? " …" : ""));
  }

  /** Case and the mark between words are no reason to think of another word. */
  private static String simple(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  private static int distance(String a, String b) {
    if (a.length() > LONGEST || b.length() > LONGEST) {
      return Integer.MAX_VALUE;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
