package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on the programs that watch, asked of a real promtool. */
@Execution(ExecutionMode.CONCURRENT)
class SelfAlertsTest {
  private static final String[] ALERTS = {
    "exporter-stale",
    "exporter-absent",
    "series-refused",
    "config-refused",
    "webhook-failing",
    "webhook-refusing",
    "webhook-not-durable",
    "remediation-escalated",
    "evidence-failing",
    "restart-budget-spent",
    "watchdog"
  };

  @TempDir Path directory;

  @ParameterizedTest(name = "a selector of {0}")
  @ValueSource(strings = {"{}", "{job: tidemark}", "{namespace: ops, cluster: eu1}"})
  void fire_and_stay_silent_as_their_tests_say(String selector) throws Exception {
    AlertCase.of("promql", selector, ALERTS).isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}: {3} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "series-refused | {} | increase( | max_over_time(",
        "config-refused | {} | == 0 | == 1",
        "webhook-failing | {} | integration=\"webhook\" | integration!=\"webhook\"",
        "webhook-refusing | {} | code=~ | code!~",
        "webhook-not-durable | {} | [5m] | [50m]",
        "remediation-escalated | {} | 'failed|unknown' | done",
        "evidence-failing | {} | > 3 | > 30",
        "evidence-failing | {} | step=~ | step!~",
        "restart-budget-spent | {} | (cluster, job, outcome, step) | (cluster, job, instance, outcome, step)",
        "restart-budget-spent | {} | outcome=\"ok\" | outcome=\"failed\"",
        "watchdog | {} | vector(1) | absent(up) == 0"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  /** One group of alerts, so one notification is given up each group interval. */
  @ParameterizedTest(name = "scraped every {0} s")
  @ValueSource(ints = {30, 60})
  void a_webhook_that_fails_for_one_group_only_is_told(int scrape) throws Exception {
    int step = 15;
    String values =
        IntStream.range(0, 7200 / step)
            .map(i -> i * step)
            .mapToObj(
                at ->
                    at % scrape != step ? "_" : String.valueOf(at < 600 ? 0 : (at - 600) / 300 + 1))
            .collect(Collectors.joining(" "));
    String test =
        """
        rule_files: [r.yml]
        evaluation_interval: 1m
        tests:
          - interval: %ds
            input_series:
              - series: 'alertmanager_notifications_failed_total{job="am", instance="a", integration="webhook"}'
                values: '%s'
            promql_expr_test:
              - expr: 'count(ALERTS{alertname="TidemarkWebhookFailing", alertstate="firing"})'
                eval_time: 30m
                exp_samples: [{labels: '{}', value: 1}]
        """;
    AlertCase.of("promql", "{job: am}", "webhook-failing")
        .passes(test.formatted(step, values), directory);
  }

  @Test
  void a_budget_is_of_all_replicas_and_of_those_before_them() throws Exception {
    String steps =
        "tidemark_webhook_steps_total{job=\"w\", step=\"http\", outcome=\"ok\", instance=";
    String test =
        """
        rule_files: [r.yml]
        evaluation_interval: 10m
        tests:
          - interval: 10m
            input_series:
              - {series: '%1$s"a"}', values: '0 1 2 3 4 4x6 stale'}
              - {series: '%1$s"b"}', values: '_x12 0 1 2 3 4 4x9'}
            promql_expr_test:
              - expr: 'count(ALERTS{alertname="TidemarkRestartBudgetSpent", alertstate="firing"})'
                eval_time: 4h
                exp_samples: [{labels: '{}', value: 1}]
        """;
    AlertCase.of("promql", "{job: w}", "restart-budget-spent")
        .passes(test.formatted(steps), directory);
  }

  @Test
  void the_watchdog_is_nobodys_page() throws Exception {
    assertThat(AlertCase.of("promql", "{}", "watchdog").rules())
        .contains("vector(1)", "severity: 'none'");
  }
}
