package dev.tidemark.promql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a text into tokens. Syntax: promql/parser/lex.go of Prometheus 2.42 to 3.14. */
final class Lexer {
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern DURATION =
      Pattern.compile("(?:[0-9]++(?:ms|[smhdwy]))++(?![a-zA-Z0-9_])");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?:0[xX]_?[0-9a-fA-F]++(?:_[0-9a-fA-F]++)*+"
              + "|(?:[0-9]++(?:_[0-9]++)*+(?:\\.(?:[0-9]++(?:_[0-9]++)*+)?+)?+|\\.[0-9]++(?:_[0-9]++)*+)"
              + "(?:[eE][+-]?[0-9]++(?:_[0-9]++)*+)?+)(?![a-zA-Z0-9_.])");
  private static final String[] SIGNS = {
    "==", "!=", "<=", ">=", "</", ">/", "=~", "!~", "=", "<", ">", "+", "-", "*", "/", "%", "^",
    "@", ",", "(", ")", "{", "}", "[", "]", ":"
  };

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean inBrackets;
  private boolean commented;

  private Lexer(String text) {
    this.text = text;
  }

  static Lexer of(String text) throws ParseException {
    Lexer lexer = new Lexer(text);
    while (lexer.skipBlanks()) {
      lexer.next();
    }
    List<Token> all = lexer.tokens;
    int end = all.isEmpty() ? text.length() : all.get(all.size() - 1).end();
    all.add(new Token(Token.Kind.END, "", end));
    return lexer;
  }

  /** All tokens, the last is the end. */
  List<Token> tokens() {
    return tokens;
  }

  /** Whether there was a comment. */
  boolean isCommented() {
    return commented;
  }

  private boolean skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        commented = true;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void next() throws ParseException {
    char c = text.charAt(at);
    boolean digit = c >= '0' && c <= '9';
    boolean fraction =
        c == '.' && at + 1 < text.length() && Character.digit(text.charAt(at + 1), 10) >= 0;
    if (digit || fraction) {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      add(Token.Kind.STRING, Strings.end(text, at));
    } else if (!(inBrackets && c == ':') && take(WORD, Token.Kind.WORD)) {
      return;
    } else {
      sign(c);
    }
  }

  private void number() throws ParseException {
    if (!take(DURATION, Token.Kind.DURATION) && !take(NUMBER, Token.Kind.NUMBER)) {
      int end = at + 1;
      while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
        end++;
      }
      throw new ParseException(
          text,
          at,
          end - at,
          "bad number or duration: expected one such as 1.5, 1e6, 0x1F or 1h30m with the units"
              + " y w d h m s ms");
    }
  }

  private void sign(char c) throws ParseException {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        inBrackets = sign.equals("[") || (inBrackets && !sign.equals("]"));
        add(Token.Kind.SIGN, at + sign.length());
        return;
      }
    }
    String hint = c == '&' || c == '|' || c == '!' ? "; the words are and, or, unless" : "";
    throw new ParseException(
            text, at, 1, "unexpected character " + Strings.shown(text.codePointAt(at), c) + hint)
        .ofSyntax();
  }

  private boolean take(Pattern pattern, Token.Kind kind) {
    Matcher found = pattern.matcher(text).region(at, text.length());
    found.useTransparentBounds(true);
    if (!found.lookingAt()) {
      return false;
    }
    add(kind, found.end());
    return true;
  }

  private void add(Token.Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), at));
    at = end;
  }
}
