package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a specification states for its own alerts run in promtool, and can fail. */
class OwnAlertTestsTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.42"}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services:
        - name: api
          team: pay
          selector: {job: api}
          alerts:
            - {use: memory-near-limit, for: 2d}
            - name: QueueStuck
              expr: 'deriv(queue_depth{job="api"}[30m]) > 0'
              for: 10m
              labels: {empty: ""}
              tests:
                - name: 'a queue that "only" grows'
                  series:
                    - {series: 'queue_depth{job="api", instance="a"}', values: '5x10 0+10x60'}
                    - {series: 'queue_depth{instance="b",job="api"}', values: '3x20 _x5 3x30 stale'}
                  looks:
                    - {at: 11m, firing: []}
                    - {at: 40m, firing: [{instance: a, job: api}]}
                - interval: 30s
                  looks: [{at: 5m, firing: []}]
      policy: {requireTests: true}
      """;

  @TempDir Path directory;

  @Test
  void they_pass_where_the_alert_does_as_it_should() throws Exception {
    Oracle.orSkip().accepts(Oracle.files(SPEC), directory, "own tests");
  }

  @Test
  void they_fail_where_it_does_not() throws Exception {
    Oracle oracle = Oracle.orSkip();
    String wrong = SPEC.replace("[{instance: a, job: api}]", "[{instance: b, job: api}]");
    Path file = Path.of("tests/pay/api-Own_test.yml");
    oracle.write(Oracle.files(wrong), directory);
    assertThat(oracle.ask(file.toString(), directory).code()).isNotZero();
    oracle.write(Oracle.files(SPEC.replace("> 0", "> 1e9")), directory);
    assertThat(oracle.ask(file.toString(), directory).code()).isNotZero();
  }

  @Test
  void a_query_offset_moves_every_test_where_the_target_has_it() throws Exception {
    String late =
        SPEC.replace("2.42", "2.53")
                .replace("for: 2d}", "for: 2d}\n      - {use: off-heap-growth, engine: promql}")
            + "defaults: {queryOffset: 3m}\n";
    assertThat(new String(Oracle.files(late).get("rules/pay/api.yml"), UTF_8))
        .contains("query_offset: '3m'");
    Oracle oracle = Oracle.orSkip();
    if (!oracle.isAtLeast(2, 53)) {
      System.err.println("SKIPPED: tests with a query offset are not run, promtool is before 2.53");
      return;
    }
    oracle.accepts(Oracle.files(late), directory, "query offset");
  }
}
