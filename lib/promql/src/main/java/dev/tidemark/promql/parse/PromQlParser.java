package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Expr;

/**
 * Reads PromQL: all that Prometheus 2.42 to 3.15 read, with what is experimental. What a release
 * does not read of it, {@link Parsed#lacking} tells. Arithmetic in durations is worked out. Not
 * read are {@code step()} and {@code range()} inside a duration, which are 0 in a rule, parts of a
 * millisecond, and strings whose escapes are not UTF-8.
 *
 * <p>Beside the syntax it checks what Prometheus checks before it evaluates: types, arguments,
 * matchings, regular expressions. Grammar: promql/parser/generated_parser.y and parse.go.
 */
public final class PromQlParser {
  /** Longer than any expression a person or a generator writes. */
  public static final int MAX_LENGTH = 100_000;

  private PromQlParser() {}

  /**
   * The expression in a text, with its features of any release.
   *
   * @throws ParseException with the place of the first error
   */
  public static Expr parse(String text) throws ParseException {
    return read(text).expr();
  }

  /**
   * What a tree that we built asks of a server; places are those in its {@code toString}.
   *
   * @throws IllegalArgumentException when the tree is too large or its types do not fit
   */
  public static Parsed read(Expr expr) {
    try {
      return read(expr.toString());
    } catch (ParseException e) {
      throw new IllegalArgumentException("no expression of Prometheus: " + expr, e);
    }
  }

  /**
   * The expression in a text, with its places and what it asks of a server.
   *
   * @throws ParseException with the place of the first error
   */
  public static Parsed read(String text) throws ParseException {
    if (text.length() > MAX_LENGTH) {
      throw new ParseException(
              text,
              0,
              0,
              "the expression has %d characters, expected at most %d"
                  .formatted(text.length(), MAX_LENGTH))
          .ofLimit();
    }
    Lexer lexer = Lexer.of(text);
    Tokens tokens = new Tokens(text, lexer.tokens());
    if (tokens.peek().kind() == Token.Kind.END) {
      throw tokens.wrong("the expression is empty").ofSyntax();
    }
    Expr expr = new ExprReader(tokens).read();
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.expected("an operator or the end", tokens.peek().is("=") ? "; == compares" : "");
    }
    return new Parsed(expr, tokens, lexer.isCommented());
  }
}
