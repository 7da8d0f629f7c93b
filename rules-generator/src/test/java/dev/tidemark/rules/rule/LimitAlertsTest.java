package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.Oracle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on what a target may use, asked of a real promtool. */
@Execution(ExecutionMode.CONCURRENT)
class LimitAlertsTest {
  private static final String[] ALERTS = {
    "oom-killed",
    "oom-loop",
    "restart-loop",
    "fds-near-limit",
    "gomaxprocs-mismatch",
    "cpu-throttling",
    "requests-far-below-limits"
  };

  @TempDir Path directory;

  @ParameterizedTest(name = "a selector of {0}")
  @ValueSource(
      strings = {
        "{job: api}",
        "{namespace: pay, job: api}",
        "{namespace: pay, pod: api-0, container: app}",
        "{}"
      })
  void fire_and_stay_silent_as_their_tests_say(String selector) throws Exception {
    AlertCase.of("promql", selector, ALERTS).isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}, judged by the exporter")
  @ValueSource(strings = {"gomaxprocs-mismatch"})
  void is_the_exporters_verdict_where_it_has_one(String alert) throws Exception {
    AlertCase made = AlertCase.of("exporter", "{job: api}", alert);
    assertThat(made.rules()).contains("tidemark_trouble{class=");
    made.isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}: {3} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "oom-killed | {namespace: pay} | OOMKilled | Error",
        "oom-killed | {namespace: pay} | '>= 1 and on' | '>= 1 or on'",
        "oom-loop | {namespace: pay} | >= 3 | >= 9",
        "oom-loop | {namespace: pay} | [1h] | [2h]",
        "restart-loop | {namespace: pay} | [30m] | [2h]",
        "restart-loop | {job: api} | changes | resets",
        "restart-loop | {job: api} | >= 3 | >= 1",
        "restart-loop | {job: api} | '[30m]) * 2' | '[30m]) * 0'",
        "fds-near-limit | {job: api} | > 0.85 | > 0.93",
        "fds-near-limit | {job: api} | > 0.85 | > 0.8",
        "gomaxprocs-mismatch | {namespace: pay} | '* 2 and' | '* 2 or'",
        "gomaxprocs-mismatch | {namespace: pay} | ceil | floor",
        "gomaxprocs-mismatch | {namespace: pay} | <= on | < on",
        "cpu-throttling | {namespace: pay} | > 0.25 | > 0.2",
        "cpu-throttling | {namespace: pay} | / (max | * (max",
        "requests-far-below-limits | {namespace: pay} | 'Failed|Succeeded' | Succeeded",
        "requests-far-below-limits | {namespace: pay} | < 0.6 | <= 0.6"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  @Test
  void a_pods_count_of_restarts_that_begins_again_is_no_loop() throws Exception {
    SortedMap<String, byte[]> files =
        new TreeMap<>(AlertCase.of("promql", "{namespace: pay}", "restart-loop").files());
    String test =
        """
        rule_files: [../../rules/pay/s0.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - series: kube_pod_container_status_restarts_total{namespace="pay", pod="api-0", container="app"}
                values: '7x20 0x20'
            promql_expr_test:
              - {expr: 'count_over_time(ALERTS[40m])', eval_time: 40m, exp_samples: []}
        """;
    files.put("tests/pay/s0_test.yml", test.getBytes(StandardCharsets.UTF_8));
    files.remove("alertmanager/alertmanager.yml");
    files.remove("lock.json");
    Oracle.orSkip().accepts(files, directory, "made anew under its name");
  }

  /** Its scrapes all fail, so it has never exposed {@code go_info}. */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "oom-loop | {namespace: pay, job: api} | GoOomLoop",
        "oom-loop | {job: api} | GoOomLoop",
        "oom-killed | {namespace: pay, job: api} | GoOomKilled",
        "restart-loop | {namespace: pay, job: api} | GoRestartLoop"
      })
  void what_dies_before_its_first_scrape_is_told(String alert, String selector, String name)
      throws Exception {
    String test =
        """
        rule_files: [r.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - {series: 'up{job="api", namespace="pay", pod="api-0", container="app", instance="a"}', values: '0x40'}
              - {series: 'up{job="web", namespace="pay", pod="web-0", container="app", instance="b"}', values: '0x40'}
              - {series: 'kube_pod_container_status_restarts_total{namespace="pay", pod="api-0", container="app"}', values: '0 1 2 3 3 4 4x30'}
              - {series: 'kube_pod_container_status_restarts_total{namespace="pay", pod="web-0", container="app"}', values: '0 1 2 3 3 4 4x30'}
              - {series: 'kube_pod_container_status_last_terminated_reason{namespace="pay", pod="api-0", container="app", reason="OOMKilled"}', values: '_ 1x40'}
              - {series: 'kube_pod_container_status_last_terminated_reason{namespace="pay", pod="web-0", container="app", reason="OOMKilled"}', values: '_ 1x40'}
            promql_expr_test:
              - expr: 'count by (pod) (ALERTS{alertname="%s", alertstate="firing"})'
                eval_time: 9m
                exp_samples: [{labels: '{pod="api-0"}', value: 1}]
        """;
    AlertCase.of("promql", selector, alert).passes(test.formatted(name), directory);
  }
}
