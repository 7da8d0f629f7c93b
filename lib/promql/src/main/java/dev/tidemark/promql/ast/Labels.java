package dev.tidemark.promql.ast;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of label names. */
final class Labels {
  private Labels() {}

  /** {@code (a, b, "c.d")}. */
  static String list(List<String> labels) {
    return labels.stream()
        .map(name -> isBare(name) ? name : PromQl.quote(name))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Here inf and nan would be numbers. */
  private static boolean isBare(String name) {
    return Matcher.isLabelName(name)
        && !name.equalsIgnoreCase("inf")
        && !name.equalsIgnoreCase("nan");
  }
}
