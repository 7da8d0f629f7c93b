package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Group;
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
    if (!on && !tokens.peek().isWord("ignoring")) {
      if (tokens.peek().isWord("group_left") || tokens.peek().isWord("group_right")) {
        throw tokens.wrong(tokens.peek().text() + " needs on (…) or ignoring (…) before it");
      }
      return;
    }
    tokens.take();
    List<String> labels = LabelList.read(tokens);
    Group group = Group.ONE_TO_ONE;
    List<String> include = List.of();
    if (tokens.peek().isWord("group_left") || tokens.peek().isWord("group_right")) {
      group = tokens.take().isWord("group_left") ? Group.LEFT : Group.RIGHT;
      if (tokens.peek().is("(")) {
        include = LabelList.read(tokens);
      }
    }
    matching = new Matching(on, labels, group, include);
  }
}
