package dev.tidemark.rules.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether Prometheus reads a text as a template: what Go's parser of text/template refuses (a
 * function that is not there, a variable nobody declared, blocks that do not end) is refused when
 * rules are loaded. What only goes wrong when an alert fires is not looked for. Definitions of
 * further templates are left out.
 *
 * <p>Syntax: text/template/parse of Go, functions: template/template.go of Prometheus 2.42.
 */
final class GoTemplate {
  private static final Set<String> FUNCTIONS =
      Set.of(
          // Prometheus'
          "query",
          "first",
          "label",
          "value",
          "strvalue",
          "args",
          "reReplaceAll",
          "safeHtml",
          "match",
          "title",
          "toUpper",
          "toLower",
          "graphLink",
          "tableLink",
          "sortByLabel",
          "stripPort",
          "stripDomain",
          "humanize",
          "humanize1024",
          "humanizeDuration",
          "humanizePercentage",
          "humanizeTimestamp",
          "toTime",
          "pathPrefix",
          "externalURL",
          "parseDuration",
          // Go's
          "and",
          "or",
          "not",
          "len",
          "index",
          "slice",
          "print",
          "printf",
          "println",
          "html",
          "js",
          "urlquery",
          "call",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge");

  private static final Set<String> KEYWORDS = Set.of("if", "range", "with", "else", "end");

  /** A person's is a line or two; a bound on what is kept of open blocks. */
  private static final int DEEPEST = 100;

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>\\s+)"
              + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|`[^`]*`|'(?:[^'\\\\\\n]|\\\\.)+')"
              + "|(?<number>[+-]?(?:0[xX][0-9a-fA-F]+|(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?))"
              + "|(?<variable>\\$\\w*)"
              + "|(?<field>\\.[A-Za-z_]\\w*)"
              + "|(?<word>[A-Za-z_]\\w*)"
              + "|(?<sign>:=|[=|(),.])");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

  /** What a piece of an action is. */
  private enum Kind {
    SPACE,
    TEXT,
    NUMBER,
    VARIABLE,
    FIELD,
    WORD,
    SIGN,
    END
  }

  private record Token(Kind kind, String text) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }
  }

  /** A block that has not ended: how many variables were known before it. */
  private record Open(String keyword, int variables, boolean elsed) {}

  /** What is wrong; the message says it. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  private final String text;
  private final Deque<Open> blocks = new ArrayDeque<>();
  private final List<String> variables =
      new ArrayList<>(List.of("$", "$labels", "$externalLabels", "$externalURL", "$value"));
  private List<Token> tokens = List.of();
  private int at;

  private GoTemplate(String text) {
    this.text = text;
  }

  /** What Prometheus would refuse; empty where it reads it. */
  static Optional<String> problem(String text) {
    try {
      new GoTemplate(text).read();
      return Optional.empty();
    } catch (Wrong e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is more than texts with labels and values in them. */
  static boolean isProgram(String text) {
    return Pattern.compile(
            "\\{\\{-?\\s*(?:(?:if|range|with|end|else|query|first|graphLink|tableLink)\\b|\\$\\w+\\s*:?=|/\\*)"
                + "|\\bquery\\b[^}]*\\}\\}|[($]\\s*query\\b")
        .matcher(text)
        .find();
  }

  private void read() throws Wrong {
    int position = text.indexOf("{{");
    while (position >= 0) {
      position = text.indexOf("{{", action(position + 2));
    }
    if (!blocks.isEmpty()) {
      throw new Wrong("{{ " + blocks.element().keyword() + " }} has no {{ end }}");
    }
  }

  /** Reads one action; answers where the text goes on. */
  private int action(int start) throws Wrong {
    int position = start;
    if (text.startsWith("-", position)
        && position + 1 < text.length()
        && Character.isWhitespace(text.charAt(position + 1))) {
      position += 2;
    }
    Matcher comment = COMMENT.matcher(text).region(position, text.length());
    if (comment.lookingAt()) {
      return closed(comment.end());
    }
    List<Token> found = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (true) {
      int close = close(position);
      if (close >= 0) {
        understand(found);
        return close;
      }
      token.region(position, text.length());
      if (!token.lookingAt()) {
        throw new Wrong(
            position >= text.length()
                ? "{{ has no }}"
                : "unexpected " + text.substring(position, Math.min(text.length(), position + 10)));
      }
      found.add(new Token(kind(token), token.group()));
      position = token.end();
    }
  }

  private int closed(int position) throws Wrong {
    int close = close(position);
    if (close < 0) {
      throw new Wrong("a comment does not end its action");
    }
    return close;
  }

  /** Where the text goes on when the action ends here, else -1. */
  private int close(int position) {
    if (text.startsWith("}}", position)) {
      return position + 2;
    }
    Matcher trimmed = Pattern.compile("\\s+-\\}\\}").matcher(text).region(position, text.length());
    return trimmed.lookingAt() ? trimmed.end() : -1;
  }

  private static Kind kind(Matcher token) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.END && token.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
        return kind;
      }
    }
    throw new IllegalStateException("a token of no kind");
  }

  private void understand(List<Token> found) throws Wrong {
    tokens = found;
    at = 0;
    skip();
    Token first = peek();
    if (first.kind() == Kind.WORD && KEYWORDS.contains(first.text())) {
      next();
      block(first.text());
    } else if (first.kind() == Kind.END) {
      throw new Wrong("an action is empty");
    } else {
      pipeline(/* inRange= */ false);
    }
    skip();
    if (peek().kind() != Kind.END) {
      throw new Wrong("unexpected " + peek().text());
    }
  }

  private void block(String keyword) throws Wrong {
    switch (keyword) {
      case "end" -> variables.subList(open().variables(), variables.size()).clear();
      case "else" -> otherwise();
      default -> {
        if (blocks.size() >= DEEPEST) {
          throw new Wrong("blocks are more than " + DEEPEST + " deep");
        }
        blocks.push(new Open(keyword, variables.size(), false));
        pipeline(keyword.equals("range"));
      }
    }
  }

  private void otherwise() throws Wrong {
    Open open = open();
    if (open.elsed()) {
      throw new Wrong("{{ " + open.keyword() + " }} has two {{ else }}");
    }
    // what the first part declared is known to Go's parser in the second, too
    skip();
    boolean more = peek().kind() == Kind.WORD && peek().text().equals("if");
    if (more) {
      if (!open.keyword().equals("if")) {
        throw new Wrong("{{ else if }} is for {{ if }}");
      }
      next();
      pipeline(/* inRange= */ false);
    }
    blocks.push(new Open(open.keyword(), open.variables(), !more));
  }

  private Open open() throws Wrong {
    if (blocks.isEmpty()) {
      throw new Wrong("{{ end }} or {{ else }} has no block");
    }
    return blocks.pop();
  }

  private void pipeline(boolean inRange) throws Wrong {
    variables.addAll(declared(inRange));
    command(/* first= */ true);
    skip();
    while (peek().is("|")) {
      next();
      command(/* first= */ false);
      skip();
    }
  }

  /** {@code $x :=}, {@code $x =}, in a range also {@code $i, $x :=}; the variables that are new. */
  private List<String> declared(boolean inRange) throws Wrong {
    int begin = at;
    skip();
    List<String> names = new ArrayList<>();
    while (peek().kind() == Kind.VARIABLE) {
      names.add(next().text());
      skip();
      if (peek().is(",") && inRange && names.size() == 1) {
        next();
        skip();
        continue;
      }
      // one that nobody declared is missed only when the alert fires
      if (peek().is(":=") || peek().is("=")) {
        next();
        return names;
      }
      break;
    }
    at = begin;
    return List.of();
  }

  private void command(boolean first) throws Wrong {
    skip();
    int operands = 0;
    while (isOperand(peek())) {
      boolean runs = operand();
      if (operands == 0 && !first && !runs) {
        throw new Wrong("behind | there is no function");
      }
      operands++;
      if (peek().kind() != Kind.SPACE) {
        break;
      }
      skip();
    }
    if (operands == 0) {
      throw new Wrong(
          peek().kind() == Kind.END ? "a value is missing" : "unexpected " + peek().text());
    }
  }

  private static boolean isOperand(Token token) {
    return switch (token.kind()) {
      case TEXT, NUMBER, VARIABLE, FIELD, WORD -> true;
      case SIGN -> token.is("(") || token.is(".");
      case SPACE, END -> false;
    };
  }

  /** Answers whether it can take what stands before a {@code |}. */
  private boolean operand() throws Wrong {
    Token token = next();
    boolean runs =
        switch (token.kind()) {
          case VARIABLE -> {
            known(token.text());
            yield true;
          }
          case WORD -> word(token.text());
          case FIELD -> true;
          case SIGN -> token.is("(") && inParentheses();
          default -> false;
        };
    while (peek().kind() == Kind.FIELD) {
      next();
    }
    return runs;
  }

  private boolean word(String word) throws Wrong {
    if (Set.of("true", "false", "nil").contains(word)) {
      return false;
    }
    if (!FUNCTIONS.contains(word)) {
      throw new Wrong("Prometheus has no function " + word);
    }
    return true;
  }

  private boolean inParentheses() throws Wrong {
    pipeline(/* inRange= */ false);
    skip();
    if (!peek().is(")")) {
      throw new Wrong("( has no )");
    }
    next();
    return true;
  }

  private void known(String variable) throws Wrong {
    if (!variables.contains(variable)) {
      throw new Wrong("nobody declared " + variable);
    }
  }

  private void skip() {
    while (peek().kind() == Kind.SPACE) {
      next();
    }
  }

  private Token peek() {
    return at < tokens.size() ? tokens.get(at) : new Token(Kind.END, "");
  }

  private Token next() {
    Token token = peek();
    at++;
    return token;
  }
}
