package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on Go's runtime, asked of a real promtool. */
@Execution(ExecutionMode.CONCURRENT)
class RuntimeAlertsTest {
  private static final String[] ALERTS = {
    "gc-thrash",
    "gc-pause",
    "blocked-p99",
    "use: blocked-p99, name: Own, with: {histogram: wait_seconds}",
    "mutex-wait",
    "goroutine-ceiling"
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
  @ValueSource(
      strings = {
        "gc-thrash",
        "runtime-overhead",
        "fragmentation",
        "sidecar-contention",
        "node-pressure"
      })
  void is_the_exporters_verdict_where_it_has_one(String alert) throws Exception {
    AlertCase made = AlertCase.of("exporter", "{job: api}", alert);
    assertThat(made.rules()).contains("tidemark_trouble{class=");
    made.isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}: {3} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "gc-thrash | {job: api} | unless | and",
        "gc-thrash | {job: api} | ' - rate(go_cpu_classes_idle' | ' + rate(go_cpu_classes_idle'",
        "gc-thrash | {job: api} | > 0.9 | > 0.1",
        "gc-thrash | {job: api} | > 2 | > 9",
        "gc-pause | {job: api} | > 0.01 | > 0.04",
        "gc-pause | {job: api} | _sum | _count",
        "gc-pause | {job: api} | go_sched_pauses_total_gc_seconds_bucket | go_sched_pauses_total_gc_bucket",
        "blocked-p99 | {job: api} | ', le)' | ')'",
        "blocked-p99 | {job: api} | > 0.2 | > 0.09",
        "mutex-wait | {job: api} | rate( | max_over_time(",
        "goroutine-ceiling | {job: api} | > 10000 | >= 10000",
        "goroutine-ceiling | {job: api} | > 10000 | > 30000"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  @Test
  void a_histogram_needs_a_name() {
    assertThatThrownBy(
            () ->
                AlertCase.of("promql", "{job: api}", "use: blocked-p99, with: {histogram: 'a{b}'}")
                    .files())
        .hasMessageContaining("needs the name of a metric");
  }
}
