package dev.tidemark.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check with what it must find and what it must leave alone. */
class LintTest {
  private static final Settings SETTINGS =
      new Settings(Duration.ofSeconds(30), Duration.ofMinutes(1), Optional.of(Duration.ofDays(15)));

  static Stream<Arguments> expressions() {
    return Stream.of(
        // found
        arguments("count(up{job=\"a\"}) == 0", "never-true", "of no series there is no count"),
        arguments("count_over_time(up[5m]) < 1", "never-true", "1 or more"),
        arguments("up > 1", "never-true", "0 to 1"),
        arguments("2 < up", "never-true", "always 2"),
        arguments("x > 5 and x < 3", "never-true", "the same series is 5 or more and 3 or less"),
        arguments("x > 5 and x < 5", "never-true", "same series"),
        arguments("rate(a_total[5m]) < 0", "never-true", "0 or more"),
        arguments("hour() > 23", "never-true", "0 to 23"),
        arguments("(x > bool 1) == 2", "never-true", "0 to 1"),
        arguments("clamp_max(x, 3) > 4", "never-true", "3 or less"),
        arguments("sum(rate(a_total[5m])) * -1 > 0", "never-true", "0 or less"),
        arguments("vector(1) == 2", "never-true", "always 1"),
        arguments("(x > 5) < 3", "never-true", "5 or more"),
        arguments("sum by (a) (x) / on (b) sum by (a, b) (y{b=\"1\"}) > 0", "never-meet", "b"),
        arguments("x{a=\"1\"} and sum(y) > 0", "never-meet", "a"),
        arguments("up{job=\"a\",job=\"b\"} == 0", "never-true", "job=\"a\" and job=\"b\""),
        arguments("up{job=\"a\",job!=\"a\"} == 0", "never-true", "selects nothing, ever"),
        arguments("up{job=~\"b.*\",job=\"a\"} == 0", "never-true", "selects nothing, ever"),
        arguments("up{job!~\"a.*\",job=\"a\"} == 0", "never-true", "selects nothing, ever"),
        arguments("up == 0 unless up == 0", "never-true", "on the right, too"),
        arguments("x > 1 unless on (job) x", "never-true", "on the right, too"),
        arguments(
            "sum by (job) (up) == 0 and on (instance) up == 0",
            "never-meet",
            "something for only series without instance"),
        arguments(
            "up == 0 unless on (job, instance) sum by (job) (x) > 0",
            "never-meet",
            "leaves out only series without instance"),
        arguments("x > 1 or vector(0)", "no-condition", "always fires"),
        arguments("sum(x > 1 or on () vector(0))", "no-condition", "always fires"),
        arguments("x == NaN", "nan-comparison", "never"),
        arguments("x != NaN", "nan-comparison", "always"),
        arguments("x", "no-condition", "nothing is compared"),
        arguments("x > bool 1", "no-condition", "nothing is compared"),
        arguments("x or y", "no-condition", "nothing is compared"),
        arguments("rate(go_goroutines[5m]) > 1", "rate-of-gauge", "deriv(go_goroutines"),
        arguments("increase(kube_pod_info[5m]) > 1", "rate-of-gauge", "delta"),
        arguments(
            "changes(go_goroutines[5m]) - resets(go_goroutines[9m]) > 1",
            "rate-of-gauge",
            "changes"),
        arguments("rate(my_temperature_celsius[5m]) > 1", "rate-of-gauge", "deriv"),
        arguments("rate(go_goroutines[1h:1m]) > 1", "rate-of-gauge", "deriv"),
        arguments("deriv(http_requests_total[5m]) > 1", "delta-of-counter", "rate("),
        arguments("delta(go_gc_duration_seconds_sum[5m]) > 1", "delta-of-counter", "increase("),
        arguments("rate(sum(a_total)[5m:]) > 1", "rate-of-sum", "first the rate"),
        arguments("rate(job:a_total:sum[5m]) > 1", "rate-of-sum", "first the rate"),
        arguments("rate(a_total[30s]) > 1", "range-too-short", "may hold one only"),
        arguments("rate(a_total[1m]) > 1", "range-too-short", "[2m] or longer"),
        arguments("x > 2 * (x offset 30d)", "range-beyond-retention", "30d"),
        arguments("max_over_time(x[10d] offset 10d) > 1", "range-beyond-retention", "20d"),
        arguments("max_over_time(avg_over_time(x[10d])[10d:1d]) > 1", "range-beyond-retention", ""),
        arguments(
            "histogram_quantile(0.9, sum by (job) (rate(a_bucket[5m]))) > 1",
            "quantile-without-buckets",
            "by (le"),
        arguments(
            "histogram_quantile(0.9, rate(a_sum[5m]) / rate(a_count[5m])) > 1",
            "quantile-without-buckets",
            "no buckets"),
        arguments(
            "histogram_quantile(0.9, max by (le) (rate(a_bucket[5m]))) > 1",
            "quantile-without-buckets",
            "max"),
        arguments(
            "histogram_quantile(0.9, sum by (le) (a_bucket)) > 1",
            "quantile-without-buckets",
            "rate("),
        arguments("avg(a_seconds{quantile=\"0.99\"}) > 1", "average-of-quantiles", "max"),
        arguments(
            "avg(histogram_quantile(0.9, rate(a_bucket[5m]))) > 1", "average-of-quantiles", "max"),
        arguments(
            "x * on (namespace, pod) group_left (node) kube_pod_info > 1", "fragile-join", "max"),
        arguments(
            "kube_deployment_status_replicas / on (namespace, deployment)"
                + " kube_deployment_spec_replicas < 1",
            "fragile-join",
            "max"),
        arguments("absent(sum(up))", "absent-of-aggregation", "no labels"),
        arguments("absent(up == 1)", "absent-of-aggregation", "no labels"),
        arguments("go_memstats_gc_cpu_fraction > 0.1", "unknown-metric", "go_cpu_classes"),
        arguments("go_gorutines > 1", "unknown-metric", "go_goroutines"),
        arguments("tidemark_leak_status > 1", "unknown-metric", "tidemark_leak_state"),
        arguments("tidemark_goroutines > 1", "unknown-metric", "exporter-metrics"),
        arguments("node_memory_MemAvailable < 1", "unknown-metric", "_bytes"),
        arguments("rate(a_total[5m]) >", "syntax", "expected an expression"),
        // left alone
        arguments("up{job=\"a\",job=~\"a|b\",job!=\"b\"} == 0", "", ""),
        arguments("x unless x > 1", "", ""),
        arguments("(x or vector(0)) > 1", "", ""),
        arguments("sum by (job) (up) == 0 and on (job) up == 0", "", ""),
        arguments("x > 1 and on (cluster) max by (cluster) (y)", "", ""),
        arguments("count(up == 0) > 3", "", ""),
        arguments("count(x) by (job) != 3", "", ""),
        arguments("up == 0", "", ""),
        arguments("x > 3 and x < 5", "", ""),
        arguments("x > 5 or x < 3", "", ""),
        arguments("x >= 5 and x <= 5", "", ""),
        arguments("x{a=\"1\"} > 5 and x{a=\"2\"} < 3", "", ""),
        arguments("rate(a_total[5m]) - rate(b_total[5m]) < 0", "", ""),
        arguments("x / (y - 1) < 0", "", ""),
        arguments("absent(up{job=\"a\"})", "", ""),
        arguments("absent_over_time(up{job=\"a\"}[5m])", "", ""),
        arguments("vector(1)", "", ""),
        arguments("x unless y", "", ""),
        arguments("x and on () (hour() > 8)", "", ""),
        arguments("deriv(go_goroutines[5m]) > 1", "", ""),
        arguments("changes(go_goroutines[5m]) - 2 * resets(go_goroutines[5m]) > 1", "", ""),
        arguments("rate(go_gc_duration_seconds_sum[5m]) > 1", "", ""),
        arguments("delta(node_memory_MemFree_bytes[5m]) > 1", "", ""),
        arguments("sum(rate(a_total[5m])) > 1", "", ""),
        arguments("max_over_time(sum(x)[5m:]) > 1", "", ""),
        arguments("rate(a_total[2m]) > 1", "", ""),
        arguments("max_over_time(x[30s]) > 1", "", ""),
        arguments("x > 2 * (x offset 1w)", "", ""),
        arguments("histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) > 1", "", ""),
        arguments("histogram_quantile(0.9, sum by (job) (rate(a[5m]))) > 1", "", ""),
        arguments("histogram_quantile(0.9, job:a_bucket:rate5m) > 1", "", ""),
        arguments("max(a_seconds{quantile=\"0.99\"}) > 1", "", ""),
        arguments(
            "x * on (namespace, pod) group_left (node) max by (namespace, pod, node)"
                + " (kube_pod_info) > 1",
            "",
            ""),
        arguments("x and on (namespace, pod) kube_pod_info > 1", "", ""),
        arguments("a / on (instance) b > 1", "", ""),
        arguments("tidemark_my_queue_upper > 1", "", ""),
        arguments("tidemark_evaluation_duration_seconds_sum > 1", "", ""),
        arguments("my_own_metric > 1", "", ""));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("expressions")
  void finds_in_an_expression(String expr, String id, String told) {
    List<Finding> found = lint(alert("expr: '" + expr + "'"));
    if (id.isEmpty()) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).as(expr).extracting(Finding::id).contains(id);
      Finding first =
          found.stream().filter(finding -> finding.id().equals(id)).findFirst().orElseThrow();
      assertThat(first.message() + " " + first.right()).contains(told);
      assertThat(first.place().line()).isEqualTo(5);
    }
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        arguments("changes(x[5m]) > 0", "for: 10m", "for-too-long"),
        arguments("increase(x_total[5m]) >= 1", "for: 5m", "for-too-long"),
        arguments("increase(x_total[5m]) > 100", "for: 10m", ""),
        arguments("changes(x[15m]) > 0", "for: 10m", ""),
        arguments("changes(x[5m]) > 0", "for: 0s", ""),
        arguments(
            "sum by (a) (x) > 0", "annotations: {summary: '{{ $labels.b }}'}", "template-label"),
        arguments(
            "sum by (a) (x) > 0",
            "annotations: {summary: '{{ index $labels \"b\" }}'}",
            "template-label"),
        arguments(
            "x > 0", "labels: {team: a}\n    annotations: {summary: '{{ $labels.team }}'}", ""),
        arguments(
            "sum by (a) (x) > 0",
            "labels: {team: a}\n    annotations: {summary: '{{ $labels.team }}'}",
            "template-label"),
        arguments("sum by (a) (x) > 0", "annotations: {summary: '{{ $labels.a }} $labels.b'}", ""),
        arguments("x > 0", "labels: {now: '{{ $value }}'}", "value-in-label"),
        arguments("x > 0", "labels: {now: '{{ $labels.a }} $value'}", ""));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("rules")
  void finds_in_a_rule(String expr, String more, String id) {
    List<Finding> found = lint(alert("expr: '" + expr + "'\n    " + more));
    assertThat(found)
        .extracting(Finding::id)
        .filteredOn(one -> !one.startsWith("missing-"))
        .isEqualTo(id.isEmpty() ? List.of() : List.of(id));
  }

  @Test
  void points_at_the_piece_of_the_expression_that_is_wrong() {
    List<Finding> found =
        lint(alert("expr: |\n      up == 0\n      or rate(go_goroutines[5m]) > 1"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).place()).hasToString("r.yml:7:10");
    assertThat(found.get(0).length()).isEqualTo("rate(go_goroutines[5m])".length());
  }

  @Test
  void an_alert_that_tells_nothing_is_told() {
    assertThat(lint("groups:\n- name: g\n  rules:\n  - {alert: A, expr: up == 0}\n"))
        .extracting(Finding::id)
        .containsExactly("missing-runbook", "missing-summary");
  }

  @Test
  void a_slow_group_is_told_once() {
    String group = "groups:\n- name: g\n  interval: 10m\n  rules:\n";
    String rules = "  - {record: 'a:b', expr: x}\n  - {record: 'a:c', expr: x}\n";
    assertThat(lint(group + rules)).extracting(Finding::id).containsExactly("group-interval");
  }

  @Test
  void what_stands_twice_is_told_however_it_is_spaced() {
    String twice =
        """
        groups:
        - name: g
          rules:
          - {record: 'a:b', expr: sum(x)by(y)}
          - {record: 'a:b', expr: sum by (y) (x)}
          - {record: 'a:b', expr: sum by (y) (x), labels: {z: '1'}}
        """;
    List<Finding> found = lint(twice);
    assertThat(found).extracting(Finding::id).containsExactly("duplicate");
    assertThat(found.get(0).message()).endsWith("at r.yml:4:5");
  }

  @Test
  void a_comment_allows_what_it_names_and_nothing_else() {
    String rule = "  - alert: A\n    expr: rate(go_goroutines[30s]) > 1\n";
    String told = "    annotations: {summary: a, runbook_url: b}\n";
    String head = "groups:\n- name: g\n  rules:\n";
    assertThat(lint(head + rule + told))
        .extracting(Finding::id)
        .containsExactly("rate-of-gauge", "range-too-short");
    assertThat(lint(head + "  # tidemark: allow rate-of-gauge\n" + rule + told))
        .extracting(Finding::id)
        .containsExactly("range-too-short");
    assertThat(lint(head + rule + "    # tidemark: allow rate-of-gauge, range-too-short\n" + told))
        .isEmpty();
    assertThat(lint("# tidemark: allow rate-of-gauge\n" + head + rule + told)).hasSize(1);
    assertThat(
            lint(
                head
                    + rule
                    + told
                    + "  # tidemark: allow rate-of-gauge\n  - {record: 'a:b', expr: c}\n"))
        .hasSize(2);
  }

  @Test
  void each_id_has_its_section_in_the_docs_and_the_other_way_round() throws Exception {
    List<String> sections =
        Files.readAllLines(Path.of("../docs/lint.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    assertThat(Lint.ids()).containsExactlyElementsOf(sections);
  }

  @Test
  void a_server_is_asked_once_a_selector_and_not_for_what_is_recorded_or_to_be_absent()
      throws Exception {
    String file =
        """
        groups:
        - name: g
          rules:
          - {record: 'a:b', expr: sum(here_total)}
          - {alert: A, expr: 'a:b > gone_total or absent(gone_too)'}
          - {alert: B, expr: 'here_total{code="500"} > 0'}
        """;
    SpecText text = new SpecText("r.yml", file);
    List<String> asked = new ArrayList<>();
    List<Finding> found =
        new MissingSeries(
                selector -> {
                  asked.add(selector);
                  return selector.equals("here_total") ? 3 : 0;
                },
                List.of(text))
            .look(List.of(RuleFileReader.read(text)));
    assertThat(found)
        .extracting(f -> f.level() + " " + f.place())
        .containsExactly("WARNING r.yml:5:29", "INFO r.yml:6:23");
    assertThat(asked).containsExactly("here_total", "gone_total", "here_total{code=\"500\"}");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gone or here                                  | INFO
          here or gone                                  | INFO
          max by (pod) (here) > 1 or rate(gone[5m]) > 1 | INFO
          here or gone or also_gone                     | INFO INFO
          gone or also_gone                             | WARNING WARNING
          here unless gone                              | INFO
          here and gone                                 | WARNING
          here > gone                                   | WARNING
          (here and gone) or here                       | INFO
          gone or absent(here)                          | WARNING
          gone{a="b"} or here{a="b"}                    | WARNING INFO
          """)
  void a_missing_series_is_no_warning_where_the_rule_goes_on_without_it(String expr, String levels)
      throws Exception {
    SpecText text =
        new SpecText(
            "r.yml", "groups: [{name: g, rules: [{alert: A, expr: '%s'}]}]".formatted(expr));
    List<Finding> found =
        new MissingSeries(selector -> selector.equals("here") ? 3 : 0, List.of(text))
            .look(List.of(RuleFileReader.read(text)));
    assertThat(found.stream().map(f -> f.level().toString()).collect(Collectors.joining(" ")))
        .isEqualTo(levels);
  }

  @ParameterizedTest(name = "{0}; {1}; {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gone                    | here or r                  | here > 1            | INFO
          gone                    | r                          | here > 1            | WARNING
          gone                    | here > 1                   | here > 1            | WARNING
          gone                    | here or r                  | r > 1               | WARNING
          gone                    | here or r{of="it"}         | r{of="other"} > 1   | INFO
          gone                    | here or r{of=~"i."}        | r{of!~"i.+"} > 1    | INFO
          gone                    | r or gone                  | here > 1            | WARNING WARNING
          here or gone            | r or gone                  | r > 1               | INFO INFO
          gone                    | here > 1 and absent(r)     | here > 1            | WARNING
          (here and r) or gone    | r                          | r > 1               | WARNING
          here or r               | (here unless gone) and on () gone > 1 | r > 1    | INFO WARNING
          """)
  void what_is_recorded_is_there_where_its_sources_are(
      String recorded, String first, String second, String levels) throws Exception {
    SpecText text =
        new SpecText(
            "r.yml",
            """
            groups:
            - name: g
              rules:
              - {record: r, expr: '%s', labels: {of: it}}
              - {alert: A, expr: '%s'}
              - {alert: B, expr: '%s'}
            """
                .formatted(recorded, first, second));
    List<Finding> found =
        new MissingSeries(selector -> selector.equals("here") ? 3 : 0, List.of(text))
            .look(List.of(RuleFileReader.read(text)));
    assertThat(found.stream().map(f -> f.level().toString()).collect(Collectors.joining(" ")))
        .isEqualTo(levels);
  }

  @Test
  void a_circle_or_a_long_chain_of_recordings_is_judged_alike_from_wherever() throws Exception {
    String circle = "{record: a, expr: b or here}|{record: b, expr: a}";
    String read = "{alert: A, expr: (b or gone) > 1}";
    for (String rules : List.of(circle + "|" + read, read + "|" + circle)) {
      assertThat(levels(List.of(rules.split("\\|")))).containsExactly("INFO");
    }
    assertThat(levels(List.of("{record: a, expr: a + gone}"))).containsExactly("WARNING");
    List<String> chain = new ArrayList<>(List.of("{record: r0, expr: gone}"));
    for (int i = 1; i < 5000; i++) {
      chain.add("{record: r%d, expr: r%d}".formatted(i, i - 1));
    }
    chain.add("{alert: A, expr: (r4999 or here) > 5}");
    assertThat(levels(chain)).containsExactly("INFO");
  }

  private static List<String> levels(List<String> rules) throws Exception {
    SpecText text =
        new SpecText(
            "r.yml",
            rules.stream()
                .map(rule -> "  - " + rule + "\n")
                .collect(Collectors.joining("", "groups:\n- name: g\n  rules:\n", "")));
    return new MissingSeries(selector -> selector.equals("here") ? 3 : 0, List.of(text))
        .look(List.of(RuleFileReader.read(text))).stream()
            .map(finding -> finding.level().toString())
            .toList();
  }

  @Test
  void what_nobody_misses_says_so_of_the_rule_that_is_empty() throws Exception {
    String file =
        """
        groups:
        - name: g
          rules:
          - {record: 'a:limit', expr: min(gone), labels: {of: a}}
          - {record: 'a:limit', expr: min(gone), labels: {of: b}}
          - {record: 'a:share', expr: 'here / 2 or here / gone'}
          - {alert: A, expr: 'here > a:limit or here > 5'}
        """;
    SpecText text = new SpecText("r.yml", file);
    List<FoundFile> files = List.of(RuleFileReader.read(text));
    List<Finding> found =
        new MissingSeries(selector -> selector.equals("here") ? 3 : 0, List.of(text)).look(files);
    assertThat(MissingSeries.together(found))
        .extracting(f -> f.level() + " " + f.place() + " " + f.message())
        .containsExactly(
            "INFO r.yml:4:35 the server had no series of gone in the last hour; a:share goes on"
                + " without it; a:limit (2 times) are empty, and what reads them goes on without"
                + " them");
  }

  @Test
  void what_a_server_lacks_is_told_once_with_the_rules_that_ask_for_it() throws Exception {
    String file =
        """
        groups:
        - name: g
          rules:
          - {alert: A, expr: 'here or gone{a="b"}'}
          - {alert: A, expr: 'gone > 1', labels: {severity: info}}
          # tidemark: allow missing-series
          - {alert: Quiet, expr: 'gone > 1'}
          - {alert: B, expr: 'gone > 2'}
          - {alert: B, expr: 'gone > 2', labels: {severity: info}}
          - {alert: C, expr: 'here{x="y"} > 2'}
          - {alert: D, expr: 'here{x="y"} > 3'}
        """;
    SpecText text = new SpecText("r.yml", file);
    List<FoundFile> files = List.of(RuleFileReader.read(text));
    List<Finding> found =
        new MissingSeries(selector -> selector.equals("here") ? 3 : 0, List.of(text)).look(files);
    assertThat(found).hasSize(7);
    Lint lint = new Lint(SETTINGS, List.of(text));
    assertThat(MissingSeries.together(lint.notAllowed(found, files)))
        .extracting(f -> f.level() + " " + f.place() + " " + f.rule() + ": " + f.message())
        .containsExactly(
            "WARNING r.yml:5:23 A: the server had no series of gone in the last hour; A, B (2 times)"
                + " ask for it; A goes on without it",
            "INFO r.yml:10:23 C: the server has here, but none like here{x=\"y\"}; C, D ask for it");
  }

  private static String alert(String body) {
    boolean annotated = body.contains("annotations:");
    return "groups:\n- name: g\n  rules:\n  - alert: A\n    "
        + body
        + (annotated ? "\n" : "\n    annotations: {summary: a, runbook_url: b}\n");
  }

  private static List<Finding> lint(String file) {
    SpecText text = new SpecText("r.yml", file);
    List<FoundFile> files = List.of(RuleFileReader.read(text));
    Lint lint = new Lint(SETTINGS, List.of(text));
    return lint.notAllowed(lint.look(files), files);
  }
}
