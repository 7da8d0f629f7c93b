package dev.tidemark.promql.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.parse.RandomExprs;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  private static final long SEED = Long.getLong("seed", 20261121);

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            "an operator stands between its operands",
            "rate(errors_total[5m])/rate(requests_total[5m])",
            """
            rate(errors_total[5m])
            /
            rate(requests_total[5m])"""),
        Arguments.of(
            "a chain is no staircase",
            "aaaaaaaaaaaa + bbbbbbbbbbbb - cccccccccccc > 5",
            """
            aaaaaaaaaaaa
            +
            bbbbbbbbbbbb
            -
            cccccccccccc
            >
            5"""),
        Arguments.of(
            "an aggregation's content goes further in",
            "sum(rate(http_requests_total{job=\"a\"}[5m])) by (le, namespace)",
            """
            sum by (le, namespace) (
              rate(http_requests_total{job="a"}[5m])
            )"""),
        Arguments.of(
            "arguments stand one a line",
            "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))",
            """
            histogram_quantile(
              0.99,
              sum by (le) (rate(x_bucket[5m]))
            )"""),
        Arguments.of(
            "parentheses that are needed hold their lines",
            "(aaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbb) * 100",
            """
            (
              aaaaaaaaaaaaaaaaaaaa
              +
              bbbbbbbbbbbbbbbbbbbb
            )
            *
            100"""),
        Arguments.of(
            "matching stands with its operator",
            "aaaaaaaaaaaaaa * on(namespace, pod) group_left(team) bbbbbb",
            """
            aaaaaaaaaaaaaa
            * on (namespace, pod) group_left (team)
            bbbbbb"""),
        Arguments.of(
            "a range stands with the parenthesis",
            "max_over_time((aaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbb)[1h:1m] offset 1d)",
            """
            max_over_time(
              (
                aaaaaaaaaaaaaaaaa
                +
                bbbbbbbbbbbbbbbbb
              )[1h:1m] offset 1d
            )"""),
        Arguments.of(
            "a sign stands with the parenthesis",
            "-(aaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbb)",
            """
            -(
              aaaaaaaaaaaaaaaaaaaa
              +
              bbbbbbbbbbbbbbbbbbbb
            )"""),
        Arguments.of(
            "a selector is never broken",
            "a{b=\"cccccccccccccccccccccccccccccccccccccccccccc\"}",
            "a{b=\"cccccccccccccccccccccccccccccccccccccccccccc\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void breaks_what_is_wider(String description, String text, String expected)
      throws ParseException {
    assertThat(Layout.of(PromQlParser.parse(text), 40)).as(description).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((a)) + (b * c) | a + b * c",
        "a and b or c | (a and b) or c",
        "a unless b and c | (a unless b) and c",
        "a or b or c | a or b or c",
        "a > 1e6 * 5m + 1_000 - -0x1F | a > 1e6 * 5m + 1_000 - -0x1F",
        "sum(a{b='c'}) by (d) | sum by (d) (a{b=\"c\"})",
        "a==bool  b | a == bool b",
        "topk(3,a) | topk(3, a)",
        "rate(a[ 5m ]  offset  1w) | rate(a[5m] offset 7d)",
        "sum by ('a)b') (c) | sum by (\"a)b\") (c)",
      })
  void writes_what_fits_on_one_line(String text, String expected) throws ParseException {
    assertThat(Layout.of(PromQlParser.parse(text), 80)).isEqualTo(expected);
  }

  @Test
  void whatever_the_width_the_expression_stays_and_a_second_time_changes_nothing()
      throws ParseException {
    Random random = new Random(SEED);
    RandomExprs exprs = RandomExprs.ofAny(random);
    for (int i = 0; i < 20_000; i++) {
      Expr expr = exprs.any(i % 6);
      int width = 10 + random.nextInt(120);
      String text = Layout.of(expr, width);
      Expr again = PromQlParser.parse(text);
      assertThat(again).as("seed %d: %s", SEED, text).isEqualTo(expr);
      assertThat(Layout.of(again, width)).as("seed %d", SEED).isEqualTo(text);
      assertThat(text.lines()).as("seed %d", SEED).noneMatch(line -> line.endsWith(" "));
    }
  }
}
