package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.print.Matcher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprTest {
  private static final Expr A = Expr.series("a", List.of());
  private static final Expr B = Expr.series("b", List.of(Matcher.equal("x", "y\"z")));

  @Test
  void parentheses_stand_where_the_meaning_needs_them_and_nowhere_else() {
    assertThat(A.minus(B).dividedBy(Expr.number(2)).text()).isEqualTo("(a - b{x=\"y\\\"z\"}) / 2");
    assertThat(A.dividedBy(B).minus(A).text()).isEqualTo("a / b{x=\"y\\\"z\"} - a");
    assertThat(A.minus(A.minus(A)).text()).isEqualTo("a - (a - a)");
    assertThat(A.compare(">", 1).and(B.compare("<", 2)).text())
        .isEqualTo("a > 1 and b{x=\"y\\\"z\"} < 2");
    assertThat(A.or(A).and(List.of("pod"), A).text()).isEqualTo("(a or a) and on (pod) a");
    assertThat(A.and(A).or(A).text()).isEqualTo("a and a or a");
    assertThat(A.or(A).compare(">", 0.9).text()).isEqualTo("(a or a) > 0.9");
    assertThat(A.dividedBy(List.of("pod"), A.or(A)).text()).isEqualTo("a / on (pod) (a or a)");
    assertThat(A.over("rate", Duration.ofMinutes(5)).by("max", List.of("pod")).text())
        .isEqualTo("max by (pod) (rate(a[5m]))");
  }

  @Test
  void numbers_are_written_as_people_write_them() {
    assertThat(Expr.number(1800).text()).isEqualTo("1800");
    assertThat(Expr.number(0.9).text()).isEqualTo("0.9");
    assertThat(Expr.number(536870912).text()).isEqualTo("536870912");
    assertThat(Expr.number(9e18).text()).isEqualTo("9.0E18");
  }
}
