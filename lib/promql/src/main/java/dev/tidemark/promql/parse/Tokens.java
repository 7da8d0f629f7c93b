package dev.tidemark.promql.parse;

import java.util.List;

/** Tokens and where the reading stands. */
final class Tokens {
  private final String text;
  private final List<Token> tokens;
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

  ParseException expected(String what) {
    return wrong("expected " + what + ", found " + peek().shown());
  }

  /** What is wrong with the next token. */
  ParseException wrong(String reason) {
    return wrong(peek().start(), reason);
  }

  ParseException wrong(int offset, String reason) {
    return new ParseException(text, offset, reason);
  }
}
