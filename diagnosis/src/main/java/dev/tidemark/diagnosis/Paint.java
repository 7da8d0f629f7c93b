package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Verdict;

/** Text for a terminal: coloured where it is one, and never what a file wants to do to it. */
record Paint(boolean coloured) {
  /** Room for a reason with its remedy. */
  private static final int LONGEST = 240;

  /** In the colour of the verdict. */
  String verdict(Verdict verdict, String text) {
    return switch (verdict) {
      case LEAK -> in("1;31", text);
      case SUSPECT -> in("33", text);
      case NORMAL -> in("2", text);
    };
  }

  String bold(String text) {
    return in("1", text);
  }

  private String in(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** Shortened, and without control characters, which could write to the terminal at will. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              boolean hidden =
                  Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
              safe.appendCodePoint(hidden ? '?' : c);
            });
    return safe.toString();
  }
}
