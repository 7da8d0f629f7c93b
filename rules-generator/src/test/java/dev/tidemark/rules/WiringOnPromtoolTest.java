package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short tests of a service whose rules have the shape of another's are short, and can fail. */
class WiringOnPromtoolTest {
  private static final String RULES = "rules/pay/second.yml";
  private static final String TESTS = "tests/pay/second-Every5m_test.yml";
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {engine: promql}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://127.0.0.1:43211/api/v1/alertmanager"}}]
      services:
        - name: first
          team: pay
          selector: {namespace: one, job: first}
          alerts: ALERTS
        - {name: second, team: pay, selector: {namespace: two, job: second}, alerts: ALERTS}
      """;

  @TempDir Path directory;

  private static SortedMap<String, byte[]> files() throws Exception {
    String alerts =
        "[{use: goroutine-leak}, {use: heap-leak}, {use: memory-near-limit}, {use: gc-thrash},"
            + " {use: fds-near-limit}, {use: restart-loop}, {use: kubelet-goroutines}]";
    return new TreeMap<>(Oracle.files(SPEC.replace("ALERTS", alerts)));
  }

  @Test
  void they_pass_and_evaluate_rules_every_five_minutes() throws Exception {
    Oracle oracle = Oracle.orSkip();
    oracle.write(files(), directory);
    assertThat(new String(files().get(TESTS), StandardCharsets.UTF_8))
        .contains("evaluation_interval: '5m'");
    assertThat(oracle.ask(TESTS, directory).code()).isZero();
  }

  @ParameterizedTest(name = "rules that do not read {0}")
  @ValueSource(
      strings = {
        "go_goroutines{",
        "go_gc_heap_live_bytes{",
        "container_memory_working_set_bytes{",
        "go_cpu_classes_gc_total_cpu_seconds_total{",
        "process_open_fds{",
        "kube_pod_container_status_restarts_total{",
        "namespace=\"two\"",
        "job=\"second\"",
      })
  void they_fail_over_broken_rules(String selector) throws Exception {
    Oracle oracle = Oracle.orSkip();
    SortedMap<String, byte[]> files = files();
    String rules = new String(files.get(RULES), StandardCharsets.UTF_8);
    assertThat(rules).contains(selector);
    files.put(RULES, rules.replace(selector, "un" + selector).getBytes(StandardCharsets.UTF_8));
    oracle.write(files, directory);
    assertThat(oracle.ask(TESTS, directory).code()).isNotZero();
  }
}
