package dev.tidemark.promql.ast;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An expression of PromQL. Parentheses are no node: {@code toString} writes them where they are
 * needed, so that the text parses back to an equal tree. Immutable.
 */
public sealed interface Expr
    permits NumberLiteral,
        StringLiteral,
        VectorSelector,
        MatrixSelector,
        Subquery,
        Unary,
        Binary,
        Aggregation,
        Call {

  ValueType type();

  /** What it is made of, in the order of the text; none for numbers, texts and selectors. */
  List<Expr> parts();

  /** Writes it; a whole expression is written once, however deep it is. */
  void appendTo(StringBuilder text);

  /** What {@code toString} of every expression answers. */
  static String text(Expr expr) {
    StringBuilder text = new StringBuilder();
    expr.appendTo(text);
    return text.toString();
  }

  /** This expression and all in it, a whole before its parts. */
  default Stream<Expr> all() {
    return Stream.concat(Stream.of(this), parts().stream().flatMap(Expr::all));
  }

  /** Shows every selector in it, in the order of the text. */
  default void forEachSelector(Consumer<VectorSelector> reader) {
    for (Expr part : parts()) {
      part.forEachSelector(reader);
    }
  }

  /** This expression with every selector in it replaced. */
  Expr mapSelectors(UnaryOperator<VectorSelector> change);

  /**
   * This expression confined to series that match, too: the matchers are added to every selector in
   * it, also inside ranges and subqueries. What a selector asks for already stays, so the result
   * never selects more than before.
   */
  default Expr withMatchers(List<Matcher> matchers) {
    return mapSelectors(selector -> selector.and(matchers));
  }
}
