package dev.tidemark.promql.parse;

/** A text that is no PromQL; the message starts with {@code line:column:}, both from 1. */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final int length;
  private final int line;
  private final int column;
  private final String reason;
  private boolean syntax;
  private boolean limit;

  ParseException(String text, int offset, int length, String reason) {
    super(lineAt(text, offset) + ":" + columnAt(text, offset) + ": " + reason);
    this.offset = offset;
    this.length = length;
    this.line = lineAt(text, offset);
    this.column = columnAt(text, offset);
    this.reason = reason;
  }

  ParseException(String text, Token token, String reason) {
    this(text, token.start(), token.text().length(), reason);
  }

  /** Something else was expected, or a character or a quote makes no token. */
  ParseException ofSyntax() {
    syntax = true;
    return this;
  }

  /**
   * Whether the text is broken, as by a bracket without its other one; else a function, a type, a
   * number or a matching is not as the releases we know have it.
   */
  public boolean isSyntax() {
    return syntax;
  }

  /** The text is larger than what is read here, whoever else may read it. */
  ParseException ofLimit() {
    limit = true;
    return this;
  }

  /** Whether nothing is known to be wrong, but the text is longer or deeper than we read. */
  public boolean isLimit() {
    return limit;
  }

  /** Index of the character where it is wrong; after the last token at its end. */
  public int offset() {
    return offset;
  }

  /** How many characters from there on are meant; 0 at the text's end. */
  public int length() {
    return length;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  private static int lineAt(String text, int offset) {
    return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
  }

  private static int columnAt(String text, int offset) {
    int start = text.lastIndexOf('\n', offset - 1) + 1;
    return 1 + text.codePointCount(Math.min(start, offset), offset);
  }
}
