package dev.tidemark.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithMatchersTest {
  private static final List<Matcher> PAY = List.of(Matcher.equal("namespace", "pay"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up | up{namespace=\"pay\"}",
        "up{namespace=\"pay\"} | up{namespace=\"pay\"}",
        "up{namespace=\"other\"} | up{namespace=\"other\", namespace=\"pay\"}",
        "up{namespace=~\".*\"} | up{namespace=~\".*\", namespace=\"pay\"}",
        "1 + a / on (x) b | 1 + a{namespace=\"pay\"} / on (x) b{namespace=\"pay\"}",
        "-a | -a{namespace=\"pay\"}",
        "sum(rate(a[5m] offset 1h)) | sum(rate(a{namespace=\"pay\"}[5m] offset 1h))",
        "max_over_time(a[1h:1m]) | max_over_time(a{namespace=\"pay\"}[1h:1m])",
        "topk(scalar(a), b) | topk(scalar(a{namespace=\"pay\"}), b{namespace=\"pay\"})",
        "{__name__=~\"a.b\"} | {__name__=~\"a.b\", namespace=\"pay\"}",
        "time() | time()",
      })
  void every_selector_is_confined(String text, String confined) throws ParseException {
    assertThat(PromQlParser.parse(text).withMatchers(PAY)).hasToString(confined);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"} or up{x=\"", "\\", "a\nb", "}", "\u202E", "{{", "\0", "' or up #", "🐹"})
  void no_value_breaks_out_of_its_matcher(String value) throws ParseException {
    Matcher hostile = Matcher.equal("namespace", value);
    Expr confined = PromQlParser.parse("a + b").withMatchers(List.of(hostile));
    Expr again = PromQlParser.parse(confined.toString());
    assertThat(selectors(again))
        .extracting(VectorSelector::matchers)
        .containsExactly(List.of(hostile), List.of(hostile));
  }

  @Test
  void nothing_else_changes_whatever_the_expression() throws ParseException {
    long seed = RoundTripTest.SEED;
    RandomExprs exprs = RandomExprs.ofAny(new Random(seed));
    for (int i = 0; i < 5_000; i++) {
      Expr expr = exprs.any(i % 5);
      Expr confined = PromQlParser.parse(expr.withMatchers(PAY).toString());
      assertThat(selectors(confined))
          .as("seed %d: %s", seed, expr)
          .allMatch(s -> s.matchers().containsAll(PAY));
      Expr freed =
          confined.mapSelectors(
              s ->
                  new VectorSelector(
                      s.name(),
                      s.matchers().stream().filter(m -> !PAY.contains(m)).toList(),
                      s.modifiers()));
      assertThat(freed).as("seed %d", seed).isEqualTo(expr);
    }
  }

  private static List<VectorSelector> selectors(Expr expr) {
    List<VectorSelector> all = new ArrayList<>();
    expr.mapSelectors(
        s -> {
          all.add(s);
          return s;
        });
    return all;
  }
}
