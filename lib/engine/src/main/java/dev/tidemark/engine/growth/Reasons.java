package dev.tidemark.engine.growth;

/**
 * Makes one of reasons that are equal: most series do not rise, and are told so in a thousand ways
 * at most. Safe for several threads, for texts never change; at worst one is held twice.
 */
final class Reasons {
  private static final int PLACES = 4096;
  private static final String[] KNOWN = new String[PLACES];

  private Reasons() {}

  /** The text, or one that is equal and was given before. */
  static String same(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 12) & PLACES - 1;
    String before = KNOWN[place];
    if (text.equals(before)) {
      return before;
    }
    KNOWN[place] = text;
    return text;
  }
}
