package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/**
 * promtool and amtool accept what is generated, and its tests pass and would fail if it were wrong.
 */
@Execution(ExecutionMode.CONCURRENT)
class GeneratedFilesTest {
  private static final String HEAD =
      """
      apiVersion: tidemark/v1
      teams: [{name: pay, receiver: hook}, {name: ops, receiver: pager}]
      receivers:
        - {name: hook, webhook: {url: "http://127.0.0.1:43211/api/v1/alertmanager"}}
        - name: pager
          webhook:
            url: "https://pager.example:8443/in?x=1&y=%20"
            sendResolved: false
            maxAlerts: 20
            httpConfig:
              authorization: {credentialsFile: /run/secrets/token}
              tlsConfig: {caFile: ca.pem, serverName: pager.example}
      """;

  @TempDir Path directory;

  @Test
  void the_example_fleet_is_accepted() throws Exception {
    SortedMap<String, byte[]> files = Oracle.files(example());
    Oracle.orSkip().accepts(files, directory, "example");
  }

  @ParameterizedTest(name = "a selector of {0}")
  @ValueSource(
      strings = {
        "{}",
        "{cluster: eu1}",
        "{workload: api}",
        "{job: api}",
        "{job: api, instance: 'h:1', env: prod, cluster: eu1}",
        "{namespace: pay}",
        "{namespace: pay, job: api, app: api, cluster: eu1}",
        "{namespace: pay, pod: api-0, container: app}",
        "{namespace: 'a\"b\\c', app: '{{ $value }}'}",
      })
  void every_catalogue_alert_is_accepted(String selector) throws Exception {
    String memory =
        selector.contains("workload") ? "" : "    - {use: memory-near-limit, with: {above: 0.5}}\n";
    String spec =
        HEAD
            + "services:\n- name: api\n  team: pay\n  selector: "
            + selector
            + "\n  alerts:\n    - {use: goroutine-leak}\n    - {use: heap-leak}\n"
            + memory
            + "- {name: self, team: ops, selector: "
            + selector
            + ", alerts: [{use: exporter-stale}, {use: exporter-absent}]}\n";
    Oracle.orSkip().accepts(Oracle.files(spec), directory, selector);
  }

  @ParameterizedTest(name = "a selector of {0} told apart by {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{app: api}                 | [pod]",
        "{namespace: pay, job: api} | [container, pod]",
        "{job: api, env: prod}      | [instance]",
      })
  void an_alert_may_tell_fewer_labels_than_its_selector_needs(String selector, String identity)
      throws Exception {
    String spec =
        HEAD
            + "services: [{name: api, team: pay, selector: "
            + selector
            + ", identity: "
            + identity
            + ", alerts: [{use: goroutine-leak, with: {minHistory: 1h}}, {use: heap-leak},"
            + " {use: memory-near-limit}]}]";
    Oracle.orSkip().accepts(Oracle.files(spec), directory, selector);
  }

  @ParameterizedTest(name = "every {0}, for {1}, kept {2}, history {3}")
  @CsvSource({
    "1s,    5s,   10s, 10s",
    "1s,    0s,   0s,  1s",
    "1s,    5s,   5s,  0s",
    "500ms, 1500ms, 0s, 1s",
    "2s,    1s,   2s,  1m",
    "15s,   10m,  15m, 30m",
    "1s,    15m,  10m, 1h",
    "1m,    2d,   1d,  7d",
    "5m,    7m,   0s,  1h",
  })
  void any_duration_is_accepted(String interval, String wait, String kept, String history)
      throws Exception {
    String times = ", for: " + wait + ", keepFiringFor: " + kept;
    String spec =
        HEAD
            + "defaults: {scrapeInterval: 1s, groupInterval: "
            + interval
            + "}\nrouting: {groupWait: 0s, groupInterval: 1s, repeatInterval: 1h}\n"
            + "services:\n- name: api\n  team: pay\n  selector: {job: api}\n  alerts:\n"
            + "    - {use: goroutine-leak, with: {minHistory: "
            + history
            + "}"
            + times
            + "}\n    - {use: memory-near-limit"
            + times
            + "}\n    - {use: exporter-stale, with: {after: "
            + history
            + "}"
            + times
            + "}\n    - {use: exporter-absent"
            + times
            + "}\n    - {name: GoGoroutinesStatic, expr: 'go_goroutines > 1000'"
            + times
            + "}\n";
    Oracle.orSkip().accepts(Oracle.files(spec), directory, interval);
  }

  @Test
  void two_alerts_of_one_name_and_users_own_templates_are_tested_too() throws Exception {
    String spec =
        HEAD
            + """
            services:
              - name: api
                team: pay
                selector: {namespace: pay}
                identity: [namespace, pod]
                alerts:
                  - {use: memory-near-limit}
                  - {use: memory-near-limit, severity: warning, with: {above: 0.7}}
                  - use: goroutine-leak
                    labels: {page: "no", empty: ""}
                    annotations: {description: 'at {{ $value | humanize }} in {{ $labels.pod }}'}
            """;
    SortedMap<String, byte[]> files = Oracle.files(spec);
    Oracle.orSkip().accepts(files, directory, "templates");
    assertThat(text(files, "tests/pay/api_test.yml")).contains("promql_expr_test", "ALERTS");
  }

  @ParameterizedTest(name = "{0} instead of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        ">= 2   | >= 1",
        ">= 2   | >= 3",
        "[5m])  | [9m])",
        "max by | min by",
        "and max | or max",
        "'10m'  | '14m'",
        "'10m'  | '6m'",
        "'15m'  | '30m'",
        "namespace, pod | namespace",
        "signal=\"goroutines\" | signal=\"goroutine\"",
        "and on (cluster, namespace, pod) last_over_time | or on (cluster, namespace, pod) last_over_time",
      })
  void a_broken_rule_fails_its_tests(String right, String wrong) throws Exception {
    SortedMap<String, byte[]> files =
        new TreeMap<>(
            Oracle.files(
                HEAD
                    + "services: [{name: api, team: pay, selector: {namespace: pay, job: api},"
                    + " alerts: [{use: goroutine-leak, with: {minHistory: 30m}}]}]"));
    String rules = text(files, "rules/pay/api.yml");
    assertThat(rules).contains(right);
    files.put("rules/pay/api.yml", rules.replace(right, wrong).getBytes(StandardCharsets.UTF_8));
    Oracle oracle = Oracle.orSkip();
    for (String path : files.keySet()) {
      Files.createDirectories(directory.resolve(path).getParent());
      Files.write(directory.resolve(path), files.get(path));
    }
    assertThat(oracle.ask("tests/pay/api_test.yml", directory).code()).isNotZero();
  }

  @Test
  void a_leak_alert_waits_on_through_failed_scrapes_and_a_restart_of_the_exporter()
      throws Exception {
    SortedMap<String, byte[]> files =
        new TreeMap<>(
            Oracle.files(
                HEAD
                    + "services: [{name: api, team: pay, selector: {job: api},"
                    + " alerts: [{use: goroutine-leak, for: 10m, keepFiringFor: 0s}]}]"));
    String test =
        """
        rule_files: [../../rules/pay/api.yml]
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - series: tidemark_leak_state{signal="goroutines", job="api", instance="a", workload="api"}
                values: '2x4 stale 2x2 stale stale 2x10'
            promql_expr_test:
              - expr: count(ALERTS{alertstate="firing"})
                eval_time: 9m
                exp_samples: []
              - expr: count(ALERTS{alertstate="firing"})
                eval_time: 11m
                exp_samples: [{labels: '{}', value: 1}]
        """;
    files.put("tests/pay/api_test.yml", test.getBytes(StandardCharsets.UTF_8));
    Oracle.orSkip().accepts(files, directory, "failed scrapes");
  }

  @Test
  void each_teams_alerts_reach_its_receiver_and_others_the_first() throws Exception {
    Oracle oracle = Oracle.orSkip();
    String spec =
        HEAD
            + "services: [{name: api, team: pay, selector: {job: api},"
            + " alerts: [{use: goroutine-leak}]}]";
    oracle.accepts(Oracle.files(spec), directory, "routes");
    assertThat(oracle.route(directory, "alertname=GoGoroutineLeak", "team=pay")).isEqualTo("hook");
    assertThat(oracle.route(directory, "alertname=X", "team=ops")).isEqualTo("pager");
    assertThat(oracle.route(directory, "alertname=X")).isEqualTo("hook");
  }

  @Test
  void the_same_spec_gives_the_same_bytes() throws Exception {
    assertThat(Oracle.files(example()))
        .usingRecursiveComparison()
        .isEqualTo(Oracle.files(example()));
  }

  @Test
  void a_leak_alert_says_where_the_target_is_and_hides_the_replica() throws Exception {
    String rules = text(Oracle.files(example()), "rules/pay/payments.yml");
    assertThat(rules)
        .contains(
            "max by (cluster, namespace, pod, container, workload) (last_over_time(tidemark_leak_state")
        .doesNotContain("tidemark_replica");
  }

  private static String example() throws Exception {
    return Files.readString(Path.of("examples/fleet.yaml"));
  }

  private static String text(SortedMap<String, byte[]> files, String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }
}
