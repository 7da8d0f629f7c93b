package dev.tidemark.promql.parse;

/** A text that is no PromQL; the message starts with {@code line:column:}, both from 1. */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final int line;
  private final int column;
  private final String reason;

  ParseException(String text, int offset, String reason) {
    this(offset, lineAt(text, offset), columnAt(text, offset), reason);
  }

  private ParseException(int offset, int line, int column, String reason) {
    super(line + ":" + column + ": " + reason);
    this.offset = offset;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** Index of the character where it is wrong; the text's length at its end. */
  public int offset() {
    return offset;
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
