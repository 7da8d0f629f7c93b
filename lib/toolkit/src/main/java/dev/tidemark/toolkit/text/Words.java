package dev.tidemark.toolkit.text;

import org.jspecify.annotations.Nullable;

/**
 * Makes one of texts that are equal and come again soon, as the labels of a fleet do: what is read
 * of ten thousand targets is not held ten thousand times. It remembers so many at most, and forgets
 * one when another takes its place. Not safe for several threads.
 */
public final class Words {
  private static final int PLACES = 1024;

  private final @Nullable String[] known = new String[PLACES];

  /** The text, or one that is equal and was given before. */
  public String same(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 10 ^ hash >>> 20) & PLACES - 1;
    String before = known[place];
    if (before != null && before.equals(text)) {
      return before;
    }
    known[place] = text;
    return text;
  }
}
