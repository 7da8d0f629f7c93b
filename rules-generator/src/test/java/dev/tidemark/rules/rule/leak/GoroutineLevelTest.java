package dev.tidemark.rules.rule.leak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.rules.Oracle;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The usual level of Prometheus alone: nothing is far above it before it is known. */
class GoroutineLevelTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {engine: promql}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:1/x"}}]
      services: [{name: api, team: pay, selector: {job: api}, alerts: [{use: goroutine-level}]}]
      """;

  @ParameterizedTest(name = "{0}: {3} firing at {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a first morning with more and more load | 50+2x300          | 4h      | 0
          a level known for five hours            | 50x300 400x120    | 5h45m   | 0
          a level known for eight hours           | 50x480 400x120    | 8h45m   | 1
          a steady level                          | 50x900            | 14h     | 0
          """)
  void an_alert_waits_until_a_level_is_known(
      String what, String values, String at, int firing, @TempDir Path directory) throws Exception {
    SortedMap<String, byte[]> files = new TreeMap<>(Oracle.files(SPEC));
    String test =
        """
        rule_files: [../rules/pay/api.yml]
        evaluation_interval: 5m
        tests:
          - interval: 1m
            input_series: [{series: 'go_goroutines{job="api", instance="a"}', values: '%s'}]
            promql_expr_test:
              - expr: 'count(ALERTS{alertname="GoGoroutineLevel", alertstate="firing"}) or vector(0)'
                eval_time: %s
                exp_samples: [{value: %d}]
        """
            .formatted(values, at, firing);
    files.put("tests/level_test.yml", test.getBytes(UTF_8));
    files.keySet().removeIf(path -> path.startsWith("tests/pay/"));
    Oracle.orSkip().accepts(files, directory, what);
  }
}
