package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on nodes, kubelets and scrapes, asked of a real promtool. */
@Execution(ExecutionMode.CONCURRENT)
class PlatformAlertsTest {
  private static final String[] ALERTS = {
    "kubelet-goroutines", "target-down", "target-absent", "node-not-ready", "node-goroutines"
  };

  @TempDir Path directory;

  @ParameterizedTest(name = "a selector of {0}")
  @ValueSource(strings = {"{}", "{cluster: eu1}"})
  void fire_and_stay_silent_as_their_tests_say(String selector) throws Exception {
    AlertCase.of("promql", selector, ALERTS).isAccepted(directory);
  }

  @ParameterizedTest(name = "{0}: {3} instead of {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "target-down | {namespace: pay} | min by | max by",
        "target-down | {namespace: pay} | == 0 | < 2",
        "target-absent | {job: api} | job=\"api\" | job=\"apis\"",
        "node-not-ready | {} | unless | and",
        "node-not-ready | {} | == 0 | == 1",
        "node-goroutines | {} | sum by (cluster, node) | max by (cluster, node)",
        "node-goroutines | {} | topk by (cluster, namespace, pod) (1, max by (cluster, namespace, pod, node) ( | topk by (cluster, namespace, pod) (1, sum by (cluster, namespace, pod, node) (",
        "node-goroutines | {} | ' >= 0 < 100000000000000' | ''",
        "node-goroutines | {} | ' >= 0 < 100000000000000' | ' >= 0'",
        "node-goroutines | {} | ' >= 0 < 100000000000000' | ' < 100000000000000'",
        "kubelet-goroutines | {} | ' >= 0 < 100000000000000' | ''",
        "kubelet-goroutines | {} | > 1500 | > 700",
        "kubelet-goroutines | {} | > 1500 | >= 1500"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  @ParameterizedTest(name = "a selector of {0}")
  @ValueSource(
      strings = {
        "{job: api}",
        "{namespace: pay, job: api, app: api}",
        "{namespace: pay, pod: api-0}"
      })
  void targets_are_down_or_absent_whatever_selects_them(String selector) throws Exception {
    AlertCase.of("exporter", selector, "target-down", "target-absent").isAccepted(directory);
  }

  @Test
  void nodes_belong_to_no_namespace() {
    for (String alert : new String[] {"node-not-ready", "node-goroutines"}) {
      assertThatThrownBy(() -> AlertCase.of("promql", "{namespace: pay}", alert).files())
          .hasMessageContaining(alert + " is of nodes");
    }
  }
}
