package dev.tidemark.rules.plan;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.toolkit.config.PromDuration;
import java.util.ArrayList;
import java.util.List;

/** Says how two expressions differ: a number, a range, a selector, or altogether. */
final class ExprChanges {
  private static final int LONGEST = 60;
  private static final int MOST = 4;

  private final List<String> changes = new ArrayList<>();
  private boolean other;

  private ExprChanges() {}

  /** Nothing where both mean the same. */
  static List<String> between(String before, String after) {
    try {
      Expr old = PromQlParser.parse(before);
      Expr now = PromQlParser.parse(after);
      if (old.equals(now)) {
        return List.of();
      }
      ExprChanges changes = new ExprChanges();
      changes.walk(old, now, "number");
      List<String> told = changes.changes.stream().distinct().toList();
      if (!changes.other && !told.isEmpty() && told.size() <= MOST) {
        return told;
      }
    } catch (ParseException e) {
      if (before.equals(after)) {
        return List.of();
      }
    }
    String old = line(before);
    String now = line(after);
    int from = start(old, now);
    return List.of("expression " + cut(old, from) + " -> " + cut(now, from));
  }

  /** Where the word begins that two texts first differ in; 0 where both fit anyway. */
  private static int start(String a, String b) {
    int same = 0;
    while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    int word = a.lastIndexOf(' ', same - 1) + 1;
    return Math.max(a.length(), b.length()) <= LONGEST ? 0 : word;
  }

  private static String cut(String line, int from) {
    return (from > 0 ? "…" : "") + shortened(line.substring(Math.min(from, line.length())));
  }

  /**
   * @param role of a number that stands here
   */
  private void walk(Expr old, Expr now, String role) {
    if (old.equals(now) || other) {
      return;
    }
    if (old instanceof NumberLiteral a && now instanceof NumberLiteral b) {
      changes.add(role + " " + a + " -> " + b);
    } else if (old instanceof VectorSelector a && now instanceof VectorSelector b) {
      changes.add("selector " + shortened(a.toString()) + " -> " + shortened(b.toString()));
    } else if (old instanceof MatrixSelector a && now instanceof MatrixSelector b) {
      if (!a.range().equals(b.range())) {
        changes.add(
            "range of "
                + a.selector().name()
                + " "
                + PromDuration.format(a.range())
                + " -> "
                + PromDuration.format(b.range()));
      }
      walk(a.selector(), b.selector(), role);
    } else if (isAlike(old, now)) {
      boolean compares = old instanceof Binary b && b.op().isComparison();
      for (int i = 0; i < old.parts().size(); i++) {
        walk(old.parts().get(i), now.parts().get(i), compares ? "threshold" : "number");
      }
    } else {
      other = true;
    }
  }

  /** Whether two expressions do the same with their parts. */
  private static boolean isAlike(Expr old, Expr now) {
    if (old.parts().size() != now.parts().size()) {
      return false;
    }
    if (old instanceof Binary a && now instanceof Binary b) {
      return a.op() == b.op() && a.bool() == b.bool() && a.matching().equals(b.matching());
    }
    if (old instanceof Aggregation a && now instanceof Aggregation b) {
      return a.op() == b.op() && a.without() == b.without() && a.labels().equals(b.labels());
    }
    if (old instanceof Call a && now instanceof Call b) {
      return a.function().equals(b.function());
    }
    return old instanceof Subquery a && now instanceof Subquery b && a.tail().equals(b.tail());
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String shortened(String text) {
    String line = line(text);
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
