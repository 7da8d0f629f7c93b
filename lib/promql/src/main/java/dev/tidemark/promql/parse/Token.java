package dev.tidemark.promql.parse;

/**
 * A piece of the text.
 *
 * @param text as it stands there, quotes included
 * @param start index of its first character
 */
record Token(Kind kind, String text, int start) {
  /** What a token is. Words are told apart by the parser, for most may be names, too. */
  enum Kind {
    WORD,
    NUMBER,
    DURATION,
    STRING,
    SIGN,
    END
  }

  int end() {
    return start + text.length();
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Keywords are read in any case. */
  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  String shown() {
    if (kind == Kind.END) {
      return "the end";
    }
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
