package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.source.Formula.Arithmetic;
import dev.tidemark.exporter.source.Formula.Constant;
import dev.tidemark.exporter.source.Formula.Filter;
import dev.tidemark.exporter.source.Formula.Metric;
import dev.tidemark.exporter.source.Formula.Unless;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaParserTest {
  private static final Metric A = new Metric("a");
  private static final Metric B = new Metric("b");

  private static List<Formula> way(String inner) {
    return FormulaParser.ways(TargetKey.inPlaceOfTarget("max by ($target) (" + inner + ")"));
  }

  static Stream<Arguments> formulas() {
    return Stream.of(
        Arguments.of("a", A),
        Arguments.of("a / b / 2", divided(divided(A, B), new Constant(2))),
        Arguments.of("a / (b / 1e3)", divided(A, divided(B, new Constant(1000)))),
        Arguments.of("a+b*2", new Arithmetic(A, '+', new Arithmetic(B, '*', new Constant(2)))),
        Arguments.of("a * (1 + 2) ", new Arithmetic(A, '*', new Constant(3))),
        Arguments.of("a >= 0 < 1+1", new Filter(new Filter(A, ">=", 0), "<", 2)),
        Arguments.of("a / 2 unless b", new Unless(divided(A, new Constant(2)), B)),
        Arguments.of("a unless b unless a", new Unless(new Unless(A, B), A)),
        Arguments.of("a unless b > 1", new Unless(A, new Filter(B, ">", 1))));
  }

  private static Formula divided(Formula a, Formula b) {
    return new Arithmetic(a, '/', b);
  }

  @ParameterizedTest
  @MethodSource("formulas")
  void operators_bind_as_in_promql(String text, Formula formula) {
    assertThat(way(text)).containsExactly(formula);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1 + 2",
        "-a",
        "a + -1",
        "a ^ 2",
        "a % 2",
        "a or b",
        "a and b",
        "rate(a[5m])",
        "a offset 5m",
        "a @ 1",
        "a[5m]",
        "a < b",
        "1 < a",
        "a < bool 1",
        "a + on (x) b",
        "1 unless a",
        "a unless 1",
        "a + 0x10",
        "a + 010",
        "a + 1_0",
        "a + .5",
        "a + 5m",
        "a + Inf",
        "a + nan",
        "{x=\"1\"}",
        "a{x=\"\\\\d\"}",
        "a{x}",
        "a{,}",
        "a{x=y}",
        "(a",
        "a)",
        "a b",
        "a # b",
        "a + \u00e4",
        "sum(a)",
        "max by (pod) (a)"
      })
  void anything_else_is_left_to_the_server(String text) {
    assertThat(way(text)).isEmpty();
  }

  @Test
  void only_the_largest_by_target_can_count() {
    String all = "max by (" + TargetKey.GROUPING + ") ";
    assertThat(FormulaParser.ways(all + "(a)\n or  " + all + "(b)")).containsExactly(A, B);
    for (String text :
        List.of(
            "a",
            "max(a)",
            "max by (pod) (a)",
            all + "(a) or b",
            all + "(a) or",
            "min" + all.substring(3) + "(a)",
            all + "(a) > 0",
            "max without (" + TargetKey.GROUPING + ") (a)")) {
      assertThat(FormulaParser.ways(text)).as(text).isEmpty();
    }
  }

  @Test
  void a_selector_comes_back_as_it_was() {
    String selector = "a:b{x=\"1\",y!=\"\",z=~\"a|b.*\",z!~\"ab\"}";
    assertThat(FormulaParser.metric(selector).map(Metric::text)).contains(selector);
    assertThat(FormulaParser.metric("a { x = '1' , }").map(Metric::text)).contains("a{x=\"1\"}");
    assertThat(FormulaParser.metric("a or b")).isEmpty();
  }

  @Test
  void the_default_signals_are_evaluated_here_and_what_bears_on_freshness_is_not() {
    Grid grid = new Grid(Duration.ofSeconds(30), Duration.ZERO, Duration.ofDays(7));
    Promql promql = new Promql(grid, List.of(), List.of());
    for (String id : List.of("goroutines", "heap_live", "working_set", "rss")) {
      Signal signal = Catalogue.load().find(id).orElseThrow();
      Plain plain = promql.plain(signal).orElseThrow();
      assertThat(plain.ofTarget()).as(id).isEqualTo(!id.equals("working_set"));
      assertThat(plain.metrics().isEmpty())
          .as(id)
          .isEqualTo(!Set.of("goroutines", "rss").contains(id));
      Promql narrow = new Promql(grid, List.of(Selector.parse("{job=\"a\"}")), List.of());
      assertThat(narrow.plain(signal)).as(id).isEmpty();
    }
    assertThat(promql.plain(Catalogue.load().find("gc_rate").orElseThrow())).isEmpty();
  }

  @Test
  void what_is_evaluated_is_what_prometheus_makes_of_it() {
    Slots slots = new Slots(0, 6, 1);
    Evaluator evaluator = new Evaluator(slots);
    double none = -99;
    evaluator.put(A, rows(slots, "a", 8, 8, none, 8, 0, Double.NaN));
    evaluator.put(B, rows(slots, "b", 2, none, 2, 0, 0, 2));
    Map<String, List<Double>> cases = new HashMap<>();
    cases.put("a", List.of(8.0, 8.0, none, 8.0, 0.0, Double.NaN));
    cases.put("a / b", List.of(4.0, none, none, 1 / 0.0, Double.NaN, Double.NaN));
    cases.put("1 - b", List.of(-1.0, none, -1.0, 1.0, 1.0, -1.0));
    cases.put("a unless b", List.of(none, 8.0, none, none, none, none));
    cases.put("a unless (b > 1)", List.of(none, 8.0, none, 8.0, 0.0, none));
    cases.put("a <= 8", List.of(8.0, 8.0, none, 8.0, 0.0, none));
    cases.put("a != 8", List.of(none, none, none, none, 0.0, Double.NaN));
    cases.put("a / c", List.of(none, none, none, none, none, none));
    cases.forEach(
        (text, expected) -> {
          Map<Map<String, String>, Rows.Row> found =
              evaluator.maxBy(Set.of("pod"), way(text).get(0));
          Rows.Row row = found.get(Map.of("pod", "p"));
          for (int i = 0; i < slots.count(); i++) {
            double value = row != null && row.present().get(i) ? row.values()[i] : none;
            assertThat(value).as("%s in slot %d", text, i).isEqualTo(expected.get(i));
          }
        });
  }

  private static Rows rows(Slots slots, String name, double... values) {
    Rows rows = new Rows(slots);
    rows.begin(Map.of("__name__", name, "pod", "p", "uid", "1"));
    for (int i = 0; i < values.length; i++) {
      if (values[i] != -99) {
        rows.sample(slots.at(i), values[i]);
      }
    }
    rows.end();
    return rows;
  }
}
