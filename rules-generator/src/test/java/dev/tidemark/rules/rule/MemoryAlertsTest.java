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

/** Alerts on memory and its limits, asked of a real promtool. */
@Execution(ExecutionMode.CONCURRENT)
class MemoryAlertsTest {
  private static final String[] ALERTS = {
    "memory-near-limit", "heap-near-gomemlimit", "gomemlimit-unsafe", "startup-oom-risk"
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
  @ValueSource(strings = {"startup-oom-risk"})
  void is_the_exporters_verdict_where_it_has_one(String alert) throws Exception {
    AlertCase made = AlertCase.of("exporter", "{job: api}", alert);
    assertThat(made.rules()).contains("tidemark_trouble{class=");
    made.isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}: {3} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "memory-near-limit | {job: api} | or on (cluster, namespace, pod) | and on (cluster, namespace, pod)",
        "memory-near-limit | {job: api} | pod!=\"\" | pod=\"\"",
        "memory-near-limit | {namespace: pay} | 'Failed|Succeeded' | Failed",
        "memory-near-limit | {namespace: pay} | '\"}) == 1' | '\"})'",
        "memory-near-limit | {namespace: pay} | '[1h])) > 0' | '[1h])) >= 0'",
        "memory-near-limit | {namespace: pay} | > 0.9 | > 0.8",
        "memory-near-limit | {namespace: pay} | [1h] | [1h] offset 2h",
        "memory-near-limit | {namespace: pay} | 'container!=\"POD\", namespace=\"pay\"} or on (cluster, namespace, pod, container)' | 'container!=\"POD\", namespace=\"pay\"} * 0 or'",
        "heap-near-gomemlimit | {job: api} | ' - last_over_time(go_memstats_heap_released_bytes' | ' + last_over_time(go_memstats_heap_released_bytes'",
        "heap-near-gomemlimit | {job: api} | < 9.0E18 | < 9.9E18",
        "heap-near-gomemlimit | {job: api} | > 0.8 | > 0.95",
        "gomemlimit-unsafe | {namespace: pay} | >= on | > on",
        "gomemlimit-unsafe | {namespace: pay} | >= on | < on",
        "gomemlimit-unsafe | {namespace: pay} | min by (cluster, namespace, pod, container) (kube | (kube",
        "startup-oom-risk | {namespace: pay} | < 300 | > 300",
        "startup-oom-risk | {namespace: pay} | > 0.95 | > 0.9"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  @ParameterizedTest(name = "{0} with a stated limit")
  @ValueSource(strings = {"memory-near-limit", "gomemlimit-unsafe"})
  void a_stated_limit_stands_in_for_one_that_nobody_tells(String alert) throws Exception {
    for (String selector : new String[] {"{job: api}", "{namespace: pay}", "{}"}) {
      AlertCase.of("promql", selector, alert).with("memoryLimit: 512Mi").isAccepted(directory);
    }
  }

  @Test
  void a_start_is_over_before_a_longer_wait() {
    assertThatThrownBy(
            () ->
                AlertCase.of("promql", "{namespace: pay}", "use: startup-oom-risk, for: 10m")
                    .files())
        .hasMessageContaining("within: needs more than for");
  }

  @Test
  void what_only_the_exporter_knows_is_no_selector_for_others() {
    for (String alert : ALERTS) {
      assertThatThrownBy(() -> AlertCase.of("promql", "{workload: api}", alert).files())
          .hasMessageContaining("cannot select by workload");
    }
  }
}
