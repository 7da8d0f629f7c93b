package dev.tidemark.toolkit.yaml;

import java.util.Comparator;

/** One thing wrong with a file: where, what was found, what would be right. */
public record Problem(Place place, String message) implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::place).thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return place + ": " + message;
  }
}
