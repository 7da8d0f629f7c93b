package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.Oracle;
import dev.tidemark.rules.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules that are commonly copied beside ours, on the same six hours, by a real promtool: how
 * many minutes each fires. docs/RATIONALE.md has these figures.
 */
class CommonRulesTest {
  private static final String POD = "namespace=\"pay\", pod=\"api-0\", container=\"app\"";

  private static final int EDGES = 4;

  @TempDir Path directory;

  /**
   * @param common the expression that is copied
   * @param minutes it fires; large ones give or take what releases differ by at the edges
   * @param use ours
   * @param ours minutes it fires, without {@code for}, its keep_firing_for included
   * @param series name and values, one a minute
   */
  record Case(String what, String common, int minutes, String use, int ours, List<String> series) {
    static Case of(
        String what, String common, int minutes, String use, int ours, String... series) {
      return new Case(what, common, minutes, use, ours, List.of(series));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        Case.of(
            "a kill for memory: the reason stands for ever, so the reason alone fires for ever",
            "kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\"} == 1",
            300,
            "oom-killed",
            15,
            "kube_pod_container_status_restarts_total{" + POD + "}",
            "0x59 1x300",
            "kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\", " + POD + "}",
            "_x60 1x300"),
        Case.of(
            "a kill for memory: the kernel's count ends with the container",
            "increase(container_oom_events_total[10m]) > 0",
            0,
            "oom-killed",
            15,
            "kube_pod_container_status_restarts_total{" + POD + "}",
            "0x59 1x300",
            "kube_pod_container_status_last_terminated_reason{reason=\"OOMKilled\", " + POD + "}",
            "_x60 1x300",
            "container_oom_events_total{id=\"/kubepods/a\", " + POD + "}",
            "0x58 stale",
            "container_oom_events_total{id=\"/kubepods/b\", " + POD + "}",
            "_x60 0x300"),
        Case.of(
            "two restarts in a container's first minutes are not more than two",
            "increase(kube_pod_container_status_restarts_total[30m]) > 2",
            29,
            "restart-loop",
            0,
            "kube_pod_container_status_restarts_total{" + POD + "}",
            "_x60 1 3 3x300"),
        Case.of(
            "one pause of 15 ms, at a collection every two minutes",
            "go_gc_duration_seconds{quantile=\"1\"} > 0.01",
            300,
            "gc-pause",
            0,
            "go_gc_duration_seconds{quantile=\"1\", " + POD + "}",
            "0.001x59 0.015x300",
            "go_gc_duration_seconds_sum{" + POD + "}",
            "0+0.0005x59 0.0445+0.0005x300",
            "go_gc_duration_seconds_count{" + POD + "}",
            "0+0.5x359"),
        Case.of(
            "pauses of 20 ms: a share of time in pauses is no pause",
            "rate(go_gc_duration_seconds_sum[5m]) > 0.05",
            0,
            "gc-pause",
            299,
            "go_gc_duration_seconds_sum{" + POD + "}",
            "0x59 0+1.2x300",
            "go_gc_duration_seconds_count{" + POD + "}",
            "0x59 0+60x300"),
        Case.of(
            "a busy collector: the field is gone",
            "go_memstats_gc_cpu_fraction > 0.25",
            0,
            "gc-thrash",
            299,
            "go_cpu_classes_gc_total_cpu_seconds_total{" + POD + "}",
            "0x59 0+30x300",
            "go_cpu_classes_total_cpu_seconds_total{" + POD + "}",
            "0+60x359",
            "go_cpu_classes_idle_cpu_seconds_total{" + POD + "}",
            "0x359"),
        Case.of(
            "waits of 300 ms: the quantile of a ratio is nothing",
            "histogram_quantile(0.99, rate(go_sched_latencies_seconds_sum[5m])"
                + " / rate(go_sched_latencies_seconds_count[5m])) > 0.2",
            0,
            "blocked-p99",
            299,
            "go_sched_latencies_seconds_bucket{le=\"0.1\", " + POD + "}",
            "0x359",
            "go_sched_latencies_seconds_bucket{le=\"0.3\", " + POD + "}",
            "0x59 0+60x300",
            "go_sched_latencies_seconds_bucket{le=\"+Inf\", " + POD + "}",
            "0x59 0+60x300",
            "go_sched_latencies_seconds_sum{" + POD + "}",
            "0x59 0+18x300",
            "go_sched_latencies_seconds_count{" + POD + "}",
            "0x59 0+60x300"),
        Case.of(
            "goroutines go up and down without growing: the rate of a gauge",
            "rate(go_goroutines[10m]) > 1",
            349,
            "goroutine-ceiling",
            0,
            "go_goroutines{" + POD + "}",
            "100 " + String.join(" ", Collections.nCopies(119, "200 50 100")) + " 100 100"),
        Case.of(
            "four threads for three and a half CPUs are right",
            "go_sched_gomaxprocs_threads > on (namespace, pod, container)"
                + " kube_pod_container_resource_limits{resource=\"cpu\"}",
            360,
            "gomaxprocs-mismatch",
            0,
            "go_sched_gomaxprocs_threads{" + POD + "}",
            "4x359",
            "kube_pod_container_resource_limits{resource=\"cpu\", " + POD + "}",
            "3.5x359"),
        Case.of(
            "no GOMEMLIMIT and a limit: a share of what is unset is nothing",
            "go_memstats_heap_inuse_bytes / go_gc_gomemlimit_bytes > 0.8",
            0,
            "gomemlimit-unsafe",
            360,
            "go_memstats_heap_inuse_bytes{" + POD + "}",
            "1000x359",
            "go_gc_gomemlimit_bytes{" + POD + "}",
            "9223372036854775807x359",
            "kube_pod_container_resource_limits{resource=\"memory\", " + POD + "}",
            "1000x359"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fire_for_so_many_minutes(Case of) throws Exception {
    String use = "use: " + of.use() + ", for: 0s";
    Files.writeString(
        directory.resolve("ours.yml"), AlertCase.of("promql", "{namespace: pay}", use).rules());
    common(of.common());
    StringBuilder test =
        new StringBuilder(
            """
            rule_files: [ours.yml, common.yml]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
            """);
    List<String> series = of.series();
    for (int i = 0; i < series.size(); i += 2) {
      test.append("  - {series: '").append(series.get(i)).append("', values: '");
      test.append(series.get(i + 1)).append("'}\n");
    }
    test.append("  promql_expr_test:\n")
        .append(minutes("alertname=\"Common\"", of.minutes()))
        .append(minutes("alertname!=\"Common\"", of.ours()));
    Files.writeString(directory.resolve("test.yml"), test);
    Oracle.orSkip();
    Tool.Answer answer =
        Tool.find("promtool").orElseThrow().run(directory, "test", "rules", "test.yml");
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  private void common(String expr) throws IOException {
    Files.writeString(
        directory.resolve("common.yml"),
        "groups: [{name: g, rules: [{alert: Common, expr: '" + expr + "'}]}]");
  }

  private static String minutes(String alerts, int minutes) {
    return "  - {expr: 'abs((sum(count_over_time(ALERTS{alertstate=\"firing\", "
        + alerts
        + "}[6h])) or vector(0)) - "
        + minutes
        + ") <= bool "
        + (minutes < 10 ? 0 : EDGES)
        + "', eval_time: 359m, exp_samples: [{labels: '{}', value: 1}]}\n";
  }

  @Test
  void a_join_that_is_not_aggregated_fails_with_two_kube_state_metrics() throws Exception {
    String limit = "kube_pod_container_resource_limits{resource=\"memory\", " + POD;
    String test =
        """
        rule_files: [common.yml]
        evaluation_interval: 1m
        tests:
        - interval: 1m
          input_series:
          - {series: 'container_memory_working_set_bytes{POD}', values: '99x9'}
          - {series: 'LIMIT, instance="a"}', values: '100x9'}
          - {series: 'LIMIT, instance="b"}', values: '100x9'}
          alert_rule_test: [{eval_time: 5m, alertname: Common, exp_alerts: []}]
        """
            .replace("{POD}", "{" + POD + "}")
            .replace("LIMIT", limit);
    Files.writeString(directory.resolve("test.yml"), test, StandardCharsets.UTF_8);
    common(
        "container_memory_working_set_bytes / on (namespace, pod, container)"
            + " kube_pod_container_resource_limits > 0.9");
    Oracle.orSkip();
    assertThat(
            Tool.find("promtool").orElseThrow().run(directory, "test", "rules", "test.yml").text())
        .contains("many-to-many matching not allowed");
  }
}
