package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Expr;

/**
 * Reads PromQL: all of Prometheus 2.42, and of 3.x names in quotes, numbers as durations and
 * durations as numbers, and the functions and aggregations up to 3.14. Not read: what 3.x has
 * behind flags beyond that (duration expressions, {@code anchored}, {@code smoothed}, {@code fill},
 * {@code >/}, an {@code info} of all labels), and strings whose escapes are not UTF-8.
 *
 * <p>Beside the syntax it checks what Prometheus checks before it evaluates: types, arguments,
 * matchings, regular expressions. Grammar: promql/parser/generated_parser.y and parse.go.
 */
public final class PromQlParser {
  /** Longer than any expression a person or a generator writes. */
  public static final int MAX_LENGTH = 100_000;

  private PromQlParser() {}

  /**
   * The expression in a text.
   *
   * @throws ParseException with the place of the first error
   */
  public static Expr parse(String text) throws ParseException {
    if (text.length() > MAX_LENGTH) {
      throw new ParseException(
          text,
          0,
          "the expression has %d characters, expected at most %d"
              .formatted(text.length(), MAX_LENGTH));
    }
    Tokens tokens = new Tokens(text, Lexer.cut(text));
    if (tokens.peek().kind() == Token.Kind.END) {
      throw tokens.wrong("the expression is empty");
    }
    Expr expr = new ExprReader(tokens).read();
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.expected("an operator or the end");
    }
    return expr;
  }
}
