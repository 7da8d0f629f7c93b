package dev.tidemark.promql.parse;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.Features;
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
      if (!tokens.peek().is(")") && !tokens.takeIf(",")) {
        throw tokens.expected("\",\" or \")\"");
      }
    }
    return labels;
  }

  private static String label(Tokens tokens) throws ParseException {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.STRING) {
      String name = Strings.unquote(tokens.text(), tokens.take());
      tokens.use(Features.QUOTED_NAMES, token);
      if (name.isEmpty()) {
        throw tokens.wrong(token.start(), "a label's name is empty");
      }
      return name;
    }
    if (token.kind() != Token.Kind.WORD || token.isWord("inf") || token.isWord("nan")) {
      throw tokens.expected("a label");
    }
    if (!Matcher.isLabelName(token.text())) {
      tokens.use(Features.COLON_LABELS, token);
    }
    return tokens.take().text();
  }
}
