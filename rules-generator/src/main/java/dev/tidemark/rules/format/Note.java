package dev.tidemark.rules.format;

/**
 * What happened to an expression.
 *
 * @param line from 1
 * @param column from 1
 * @param message what and why, for people
 */
public record Note(Kind kind, int line, int column, String message) {
  /** What happened. */
  public enum Kind {
    /** Laid out anew. */
    CHANGED,
    /** Left as it is, because laying it out would lose something. */
    KEPT,
    /** No expression, or a file that cannot be changed safely. */
    BROKEN
  }
}
