package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
  private static final String CONFIG =
      """
      sources: [{url: http://localhost:9090, timeout: 30s}]
      interval: 30s
      outputs: {windows: [1h], quantiles: [0.5]}
      signals:
        custom:
          - id: queue
            title: Queue
            expr: max by ($target) (depth) or max by ($target) (jobs)
            needs: [{metric: depth, from: us}, {metric: jobs, from: us, turnOn: jobs.Metrics}]
            ways: [{of: [depth]}, {of: [jobs], estimate: jobs}]
      """;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          the interval | interval: 30s | interval: 15s | true
          the order of ways | {of: [depth]}, {of: [jobs], estimate: jobs} | {of: [jobs]}, {of: [depth]} | true
          a way that needs more | {of: [depth]} | {of: [depth, jobs]} | true
          a metric that is no clock | {metric: depth, from: us} | {metric: depth, from: us, clock: false} | true
          what an estimate is called | estimate: jobs | estimate: jobs that wait | false
          how a metric is turned on | jobs.Metrics | jobs.AllMetrics | false
          the title | title: Queue | title: The queue | false
          a key that is written out with what it is without it | interval: 30s | interval: 30s ; baseline: {lag: 1h} ; growth: {horizons: [1h, 6h, 24h]} | false
          how a baseline learns | interval: 30s | interval: 30s ; baseline: {lag: 2h} | true
          which windows are kept | interval: 30s | interval: 30s ; baseline: {windows: [1h, 24h, 5d]} | true
          the order of windows | interval: 30s | interval: 30s ; baseline: {windows: [7d, 24h, 1h]} | false
          what is judged | interval: 30s | interval: 30s ; judgement: {off: [tail]} | true
          where a target stalls | interval: 30s | interval: 30s ; limits: {goroutines: 9000} | true
          how long an answer may take | timeout: 30s | timeout: 20s | false
          whose series are read | timeout: 30s | "timeout: 30s, http_headers: {X-Scope-OrgID: {values: [pay]}}" | true
          a secret header | timeout: 30s | "timeout: 30s, http_headers: {X-Key: {secrets: [a]}}" | false
          what is shown | [0.5] | [0.9] | false
          """)
  void what_decides_what_is_learnt_changes_it(
      String description, String before, String after, boolean changes) throws Exception {
    assertThat(CONFIG).contains(before);
    assertThat(of(CONFIG.replace(before, after.replace(" ; ", "\n"))).equals(of(CONFIG)))
        .as(description)
        .isNotEqualTo(changes);
  }

  private static String of(String text) throws ProblemsException {
    return Fingerprint.of(
        StrictYaml.read("exporter.yml", text, ExporterConfig.class), Shard.parse("0/1"));
  }

  /** What a configuration without a word learns may not change its name: it would learn anew. */
  @Test
  void a_key_that_is_not_given_makes_no_line() throws Exception {
    assertThat(of("interval: 30s").lines().filter(line -> !line.startsWith("signal ")))
        .containsExactly("source [http://localhost:9090]", "interval PT30S", "history PT168H");
  }

  /** In one line the second half of the expression would be a comment. */
  @Test
  void an_expression_whose_comment_swallows_more_is_another() throws Exception {
    String expr = "expr: max by ($target) (depth) or max by ($target) (jobs)";
    String two = CONFIG.replace(expr, "expr: \"max by ($target) (depth) # a\\n+ 1\"");
    String one = CONFIG.replace(expr, "expr: \"max by ($target) (depth) # a + 1\"");
    assertThat(of(two)).isNotEqualTo(of(one));
    assertThat(of(two).lines()).as("still a line each").hasSameSizeAs(of(one).lines().toList());
  }
}
