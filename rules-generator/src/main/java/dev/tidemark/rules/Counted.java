package dev.tidemark.rules;

/** Numbers with what they count, as people say it. */
final class Counted {
  private Counted() {}

  /** {@code 1 rule}, {@code 2 rules}. */
  static String of(long count, String word) {
    return count + " " + word + (count == 1 ? "" : "s");
  }
}
