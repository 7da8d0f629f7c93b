package dev.tidemark.rules.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series and samples of a fleet of 40 pods of pay, 10 of shop, and 7 targets of all else. */
class CostsTest {
  private static final Fleet FLEET =
      new Fleet(
          List.of(
              new Fleet.Part(Map.of("namespace", "pay", "job", "payments"), 40, true),
              new Fleet.Part(Map.of("namespace", "shop"), 10, true)),
          7,
          5);

  @ParameterizedTest(name = "{0}: {1} series, {2} samples")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go_goroutines                                          | 50   | 50
          go_goroutines{namespace="pay"}                         | 40   | 40
          go_goroutines{namespace="shop", job="payments"}        | 10   | 10
          go_goroutines{namespace="elsewhere"}                   | 7    | 7
          my_requests_total{namespace="pay"}                     | 200  | 200
          rate(go_goroutines{namespace="pay"}[5m])               | 40   | 400
          rate(my_seconds_bucket{namespace="shop"}[1m])          | 600  | 1200
          rate(my_seconds_bucket{namespace="shop", le="1"}[1m])  | 50   | 100
          go_gc_duration_seconds{namespace="shop"}               | 50   | 50
          tidemark_leak_state{namespace="pay"}                   | 320  | 320
          tidemark_leak_state{namespace="pay", signal="a"}       | 40   | 40
          go_threads{namespace="pay"} + go_threads{namespace="pay"} | 40 | 80
          max_over_time(rate(go_threads{namespace="pay"}[5m])[1h:1m]) | 40 | 24000
          max_over_time(go_threads{namespace="pay"}[1h:])        | 40   | 2400
          increase(tidemark_webhook_steps_total{job="tidemark-webhook"}[7d]) | 10 | 201600
          tidemark_webhook_notifications_total                   | 10   | 10
          tidemark_build_info{job="any"}                         | 2    | 2
          vector(1)                                              | 0    | 0
          go_threads{namespace="pay"} >                          | 0    | 0
          """)
  void counts_what_an_expression_reads(String expr, long series, long samples) {
    RuleCost cost = costs("  - {alert: A, expr: '" + expr + "'}\n").get(0);
    assertThat(cost.series()).isEqualTo(series);
    assertThat(cost.samples()).isEqualTo(samples);
    assertThat(cost.added()).isZero();
  }

  @ParameterizedTest(name = "{0} adds {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go_goroutines{namespace="pay"}                                       | 40
          sum(go_goroutines{namespace="pay"})                                  | 1
          max by (pod) (my_requests_total{namespace="pay"})                    | 40
          max by (namespace) (go_goroutines{namespace="pay"})                  | 1
          sum without (code) (my_requests_total{namespace="pay"})              | 200
          go_threads{namespace="pay"} / on (pod) group_left () go_info{namespace="pay"} | 40
          go_threads{namespace="pay"} or go_threads{namespace="shop"}          | 40
          go_threads{namespace="pay"} unless go_threads                        | 40
          absent(go_threads{namespace="pay"})                                  | 1
          """)
  void counts_what_a_recording_adds(String expr, long added) {
    assertThat(costs("  - {record: 'a:b:c', expr: '" + expr + "'}\n").get(0).added())
        .isEqualTo(added);
  }

  @Test
  void what_was_recorded_before_is_read_as_it_was_recorded() {
    List<RuleCost> costs =
        costs(
            """
              - {record: 'p:b:c', expr: 'max by (pod) (go_threads{namespace="pay"})'}
              - {alert: A, expr: 'rate(p:b:c[1h]) > 1'}
            """);
    assertThat(costs).extracting(RuleCost::samples).containsExactly(40L * 120, 40L);
    assertThat(costs.get(0).samplesPerSecond()).isEqualTo(40 * 120 / 20.0);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go_threads                              | 640
          go_threads{job="api"}                   | 100
          go_threads{job="api", pod="x"}          | 100
          go_threads{namespace="a"}               | 40
          go_threads{namespace="a", job="api"}    | 40
          tidemark_build_info{job="hook"}         | 3
          tidemark_build_info{job="api"}          | 2
          """)
  void services_that_share_targets_count_them_once(String expr, long series) throws Exception {
    Fleet fleet =
        new Fleet(
            List.of(
                new Fleet.Part(Map.of(), 100, false),
                new Fleet.Part(Map.of(), 100, false),
                new Fleet.Part(Map.of("job", "api"), 100, false),
                new Fleet.Part(Map.of("job", "api"), 70, false),
                new Fleet.Part(Map.of("namespace", "a"), 40, true),
                new Fleet.Part(Map.of("job", "hook"), 3, true),
                new Fleet.Part(Map.of("zone", "b"), 497, false)),
            7,
            5);
    assertThat(fleet.targets((VectorSelector) PromQlParser.parse(expr))).isEqualTo(series);
  }

  @Test
  void what_a_server_has_not_recorded_yet_is_worked_out() {
    Size server =
        new Size() {
          @Override
          public long series(VectorSelector selector) {
            return selector.name().equals("go_threads") ? 30 : 0;
          }

          @Override
          public long targets(VectorSelector selector) {
            return series(selector);
          }

          @Override
          public OptionalLong samples(Expr expr) {
            return OptionalLong.of(expr.toString().contains("p:b:c") ? 1 : 30);
          }
        };
    List<RuleCost> costs =
        costs(
            server,
            """
              - {record: 'p:b:c', expr: 'max by (pod) (go_threads)'}
              - {alert: A, expr: 'max_over_time(p:b:c[1h]) > 1'}
            """);
    assertThat(costs).extracting(RuleCost::samples).containsExactly(30L * 120, 30L);
    assertThat(costs).extracting(RuleCost::guessed).containsExactly(true, false);
  }

  private static List<RuleCost> costs(String rules) {
    return costs(FLEET, rules);
  }

  private static List<RuleCost> costs(Size size, String rules) {
    String text = "groups:\n- name: g\n  interval: 20s\n  rules:\n" + rules;
    FoundFile file = RuleFileReader.read(new SpecText("r.yml", text));
    assertThat(file.problems()).isEmpty();
    return new Costs(size, Duration.ofSeconds(30), Duration.ofMinutes(1)).of(List.of(file));
  }
}
