package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts on the programs that watch, asked of a real promtool. */
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
        "restart-budget-spent | {} | outcome=\"ok\" | outcome=\"failed\"",
        "watchdog | {} | vector(1) | absent(up) == 0"
      })
  void a_broken_rule_fails_its_tests(String alert, String selector, String right, String wrong)
      throws Exception {
    AlertCase.of("promql", selector, alert).failsWith(wrong, right, directory);
  }

  @Test
  void the_watchdog_is_nobodys_page() throws Exception {
    assertThat(AlertCase.of("promql", "{}", "watchdog").rules())
        .contains("vector(1)", "severity: 'none'");
  }
}
