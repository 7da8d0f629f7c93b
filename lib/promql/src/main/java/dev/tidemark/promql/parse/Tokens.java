package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.type.Feature;
import dev.tidemark.promql.type.Features;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/** Tokens and where the reading stands. */
final class Tokens {
  private final String text;
  private final List<Token> tokens;
  private final List<Use> uses = new ArrayList<>();
  private final IdentityHashMap<Expr, Parsed.Span> places = new IdentityHashMap<>();
  private int next;

  Tokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  String text() {
    return text;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The one after the next. */
  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  boolean takeIf(String sign) {
    boolean found = peek().is(sign);
    if (found) {
      next++;
    }
    return found;
  }

  boolean takeWordIf(String word) {
    boolean found = peek().isWord(word);
    if (found) {
      next++;
    }
    return found;
  }

  Token take(String sign) throws ParseException {
    if (!peek().is(sign)) {
      throw expected("\"" + sign + "\"");
    }
    return take();
  }

  Token take(Token.Kind kind, String what) throws ParseException {
    if (peek().kind() != kind) {
      throw expected(what);
    }
    return take();
  }

  /** Takes a number; its spelling may be one of a newer release. */
  double number() throws ParseException {
    Token token = take();
    if (token.text().indexOf('_') >= 0) {
      use(Features.UNDERSCORES, token);
    }
    return Numbers.number(text, token);
  }

  /** Where the last taken token ends. */
  int lastEnd() {
    return next == 0 ? 0 : tokens.get(next - 1).end();
  }

  void use(Feature feature, Token token) {
    uses.add(new Use(feature, token.start(), token.text().length()));
  }

  List<Use> uses() {
    return uses.stream().sorted(Comparator.comparingInt(Use::offset)).toList();
  }

  /** Remembers that an expression goes from here to the last taken token. */
  <T extends Expr> T placed(T expr, int start) {
    places.putIfAbsent(expr, new Parsed.Span(start, lastEnd() - start));
    return expr;
  }

  IdentityHashMap<Expr, Parsed.Span> places() {
    return places;
  }

  ParseException expected(String what) {
    return expected(what, "");
  }

  ParseException expected(String what, String hint) {
    String reason = "expected " + what + ", found " + peek().shown() + hint;
    return new ParseException(text, peek(), reason).ofSyntax();
  }

  /** What is wrong with the next token. */
  ParseException wrong(String reason) {
    return new ParseException(text, peek(), reason);
  }

  /** What is wrong with the token that starts here. */
  ParseException wrong(int offset, String reason) {
    int end =
        tokens.stream().filter(t -> t.start() == offset).mapToInt(Token::end).findFirst().orElse(0);
    return wrong(offset, Math.max(offset, end), reason);
  }

  /** What is wrong from here to there. */
  ParseException wrong(int from, int to, String reason) {
    return new ParseException(text, from, to - from, reason);
  }

  /** What is wrong with an expression that was read, wherever it started. */
  ParseException wrong(Expr expr, int start, String reason) {
    Parsed.Span span = places.get(expr);
    return span == null
        ? wrong(start, reason)
        : new ParseException(text, start, span.offset() + span.length() - start, reason);
  }
}
