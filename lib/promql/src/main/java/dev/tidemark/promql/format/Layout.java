package dev.tidemark.promql.format;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import java.util.ArrayList;
import java.util.List;

/**
 * One layout of every expression. The rules:
 *
 * <ul>
 *   <li>What fits the width stands on one line.
 *   <li>An operator that does not fit starts its own line, between its operands; operands of a
 *       chain of one precedence stand below one another.
 *   <li>Parentheses that do not fit hold their content on lines of its own, two spaces further in;
 *       arguments stand one a line.
 *   <li>Grouping stands before the parentheses: {@code sum by (a) (…)}.
 *   <li>Parentheses stand where they are needed, and around {@code and} and {@code unless} beside
 *       other set operators, where few people know the precedence.
 *   <li>Strings have double quotes; numbers stay as they were written.
 * </ul>
 */
public final class Layout {
  private static final String STEP = "  ";

  private final int width;

  private Layout(int width) {
    this.width = width;
  }

  /**
   * The expression within so many columns where that is possible; a selector is never broken.
   *
   * @return lines without blanks at their ends, joined by newlines; parses to an equal tree
   */
  public static String of(Expr expr, int width) {
    return String.join("\n", new Layout(width).lines(expr, 0));
  }

  private List<String> lines(Expr expr, int indent) {
    String flat = Flat.of(expr);
    if (indent + flat.length() <= width) {
      return List.of(flat);
    }
    if (expr instanceof Binary b) {
      return binary(b, indent);
    }
    if (expr instanceof Aggregation a) {
      List<Expr> arguments =
          a.parameter() == null ? List.of(a.expr()) : List.of(a.parameter(), a.expr());
      return enclosed(a.head(), arguments, "", indent);
    }
    if (expr instanceof Call c && !c.arguments().isEmpty()) {
      return enclosed(c.function().name(), c.arguments(), "", indent);
    }
    if (expr instanceof Unary u) {
      return prefixed(u.negative() ? "-" : "+", operand(u.expr(), u.isLoose(), indent + 1));
    }
    if (expr instanceof Subquery s) {
      return subquery(s, indent);
    }
    return List.of(flat);
  }

  private List<String> binary(Binary b, int indent) {
    boolean loose = Flat.isLeftLoose(b);
    boolean chain =
        !loose && b.left() instanceof Binary l && l.op().precedence() == b.op().precedence();
    List<String> lines =
        new ArrayList<>(
            chain ? binary((Binary) b.left(), indent) : operand(b.left(), loose, indent));
    lines.add(Flat.between(b));
    lines.addAll(operand(b.right(), Flat.isRightLoose(b), indent));
    return lines;
  }

  private List<String> operand(Expr expr, boolean loose, int indent) {
    return loose ? enclosed("", List.of(expr), "", indent) : lines(expr, indent);
  }

  private List<String> subquery(Subquery s, int indent) {
    String tail = s.tail();
    if (s.isLoose()) {
      return enclosed("", List.of(s.expr()), tail, indent);
    }
    List<String> lines = new ArrayList<>(lines(s.expr(), indent));
    int last = lines.size() - 1;
    lines.set(last, lines.get(last) + tail);
    return lines;
  }

  private List<String> enclosed(String head, List<Expr> content, String tail, int indent) {
    String open = head + "(";
    if (content.size() == 1) {
      String flat = open + Flat.of(content.get(0)) + ")" + tail;
      if (indent + flat.length() <= width) {
        return List.of(flat);
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(open);
    for (int i = 0; i < content.size(); i++) {
      List<String> inner = lines(content.get(i), indent + STEP.length());
      String comma = i + 1 < content.size() ? "," : "";
      for (int j = 0; j < inner.size(); j++) {
        lines.add(STEP + inner.get(j) + (j + 1 == inner.size() ? comma : ""));
      }
    }
    lines.add(")" + tail);
    return lines;
  }

  private static List<String> prefixed(String sign, List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    all.set(0, sign + all.get(0));
    return all;
  }
}
