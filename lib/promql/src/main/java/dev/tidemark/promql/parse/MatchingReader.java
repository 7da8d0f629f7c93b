package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Fill;
import dev.tidemark.promql.ast.Matching.Group;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.type.Features;
import java.util.List;

/** Reads what may stand behind an operator: {@code bool on (a) group_left (b)}. */
final class MatchingReader {
  private final Tokens tokens;
  private boolean bool;
  private Matching matching = Matching.ALL;

  MatchingReader(Tokens tokens) {
    this.tokens = tokens;
  }

  boolean bool() {
    return bool;
  }

  Matching matching() {
    return matching;
  }

  void read() throws ParseException {
    bool = tokens.takeWordIf("bool");
    boolean on = tokens.peek().isWord("on");
    List<String> labels = List.of();
    Group group = Group.ONE_TO_ONE;
    List<String> include = List.of();
    if (on || tokens.peek().isWord("ignoring")) {
      tokens.take();
      labels = LabelList.read(tokens);
      if (isGroup()) {
        group = tokens.take().isWord("group_left") ? Group.LEFT : Group.RIGHT;
        if (tokens.peek().is("(")) {
          include = LabelList.read(tokens);
        }
      }
    } else if (isGroup()) {
      throw tokens.wrong(tokens.peek().text() + " needs on (…) or ignoring (…) before it");
    }
    matching = new Matching(on, labels, group, include, fill());
  }

  private boolean isGroup() {
    return tokens.peek().isWord("group_left") || tokens.peek().isWord("group_right");
  }

  private Fill fill() throws ParseException {
    if (isFill("fill")) {
      NumberLiteral both = value();
      return new Fill(both, both);
    }
    boolean leftFirst = isFill("fill_left");
    NumberLiteral left = leftFirst ? value() : null;
    NumberLiteral right = isFill("fill_right") ? value() : null;
    if (!leftFirst && right != null && isFill("fill_left")) {
      left = value();
    }
    return new Fill(left, right);
  }

  /** A metric may have such a name; only what is called is a modifier. */
  private boolean isFill(String word) {
    return tokens.peek().isWord(word) && tokens.peekSecond().is("(");
  }

  private NumberLiteral value() throws ParseException {
    tokens.use(Features.FILL, tokens.take());
    tokens.take("(");
    boolean negative = tokens.takeIf("-");
    if (!negative) {
      tokens.takeIf("+");
    }
    Token token = tokens.peek();
    NumberLiteral value;
    if (token.isWord("inf") || token.isWord("nan")) {
      tokens.take();
      value = new NumberLiteral(token.isWord("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
    } else if (token.kind() == Token.Kind.DURATION) {
      value = new NumberLiteral(Numbers.millis(tokens.text(), tokens.take()) / 1000.0);
    } else if (token.kind() == Token.Kind.NUMBER) {
      value = new NumberLiteral(tokens.number());
    } else {
      throw tokens.expected("a number");
    }
    tokens.take(")");
    return negative ? value.negated() : value;
  }
}
