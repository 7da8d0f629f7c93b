package dev.tidemark.promql.parse;

import dev.tidemark.promql.print.Matcher;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code (a, b, "c.d",)}. */
final class LabelList {
  private LabelList() {}

  static List<String> read(Tokens tokens) throws ParseException {
    List<String> labels = new ArrayList<>();
    tokens.take("(");
    while (!tokens.takeIf(")")) {
      labels.add(label(tokens));
      if (!tokens.peek().is(")")) {
        tokens.take(",");
      }
    }
    return labels;
  }

  private static String label(Tokens tokens) throws ParseException {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.STRING) {
      String name = Strings.unquote(tokens.text(), tokens.take());
      if (name.isEmpty()) {
        throw tokens.wrong(token.start(), "a label's name is empty");
      }
      return name;
    }
    if (token.kind() != Token.Kind.WORD || !Matcher.isLabelName(token.text())) {
      throw tokens.expected("a label");
    }
    return tokens.take().text();
  }
}
