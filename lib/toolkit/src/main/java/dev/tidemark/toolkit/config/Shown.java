package dev.tidemark.toolkit.config;

/** Untrusted text as messages show it: quoted, on one line, at most sixty characters of it. */
public final class Shown {
  private static final int MOST = 60;

  private Shown() {}

  public static String text(String text) {
    StringBuilder shown = new StringBuilder("\"");
    int end = text.length() <= MOST ? text.length() : MOST;
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case '"' -> shown.append("\\\"");
        default -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            shown.append(String.format("\\u%04x", (int) c));
          } else {
            shown.append(c);
          }
        }
      }
    }
    shown.append('"');
    return end == text.length() ? shown.toString() : shown + "… (" + text.length() + " characters)";
  }
}
