package dev.tidemark.promql.ast;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import java.util.List;

/** Lists of label names. */
final class Labels {
  private Labels() {}

  /** {@code (a, b, "c.d")}. */
  static void append(StringBuilder text, List<String> labels) {
    text.append('(');
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.get(i);
      text.append(i == 0 ? "" : ", ").append(isBare(name) ? name : PromQl.quote(name));
    }
    text.append(')');
  }

  /** Here inf and nan would be numbers. */
  private static boolean isBare(String name) {
    return Matcher.isLabelName(name)
        && !name.equalsIgnoreCase("inf")
        && !name.equalsIgnoreCase("nan");
  }
}
