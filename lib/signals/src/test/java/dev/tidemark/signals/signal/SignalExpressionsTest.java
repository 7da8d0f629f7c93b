package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.signals.oracle.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks Prometheus' own engine what the expressions of the catalogue answer. */
class SignalExpressionsTest {
  /** What a plain service of Go 1.19 with client_golang 1.14 exposes; nothing opted in. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "go_goroutines", "2507",
          "go_memstats_next_gc_bytes", "70000000",
          "go_memstats_heap_alloc_bytes", "54942600",
          "go_memstats_heap_inuse_bytes", "56123392",
          "process_resident_memory_bytes", "71159808",
          "process_open_fds", "11",
          "process_max_fds", "20000");

  private static final String LABELS = "{job=\"api\", instance=\"h:1\"}";
  private static final String POD = "namespace=\"pay\", pod=\"a-1\", container=\"app\"";

  private final Catalogue catalogue = Catalogue.load();
  private Optional<Promtool> promtool = Optional.empty();
  @TempDir Path directory;

  @BeforeEach
  void needs_promtool() {
    promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
  }

  @Test
  void every_expression_and_limit_parses() throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n- name: all\n  rules:\n");
    for (Signal signal : catalogue.signals()) {
      rules.append(rule("expr:" + signal.id(), signal.expr()));
      String limit = signal.limit();
      if (limit != null) {
        rules.append(rule("limit:" + signal.id(), limit));
      }
    }
    Files.writeString(directory.resolve("rules.yml"), rules);
    Promtool.Answer answer = promtool.orElseThrow().run(directory, "check", "rules", "rules.yml");
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  @ParameterizedTest(name = "{0} of a plain service is {1}")
  @CsvSource({
    "goroutines, 2507",
    "heap_live, 35000000",
    "heap_inuse, 56123392",
    "rss, 71159808",
    "open_fds_ratio, 0.00055",
    "blocked_p99,",
    "working_set,",
    "memory_limit_ratio,",
  })
  void plain_services_answer(String id, String value) throws Exception {
    List<String> series = new ArrayList<>();
    PLAIN.forEach((metric, sample) -> series.add(series(metric + LABELS, sample)));
    check(id, series, value == null ? List.of() : List.of(LABELS + " " + value));
  }

  @Test
  void live_heap_prefers_what_the_runtime_counted() throws Exception {
    check(
        "heap_live",
        List.of(
            series("go_gc_heap_live_bytes" + LABELS, "41000000"),
            series("go_gc_gogc_percent" + LABELS, "100"),
            series("go_memstats_next_gc_bytes" + LABELS, "70000000")),
        List.of(LABELS + " 41000000"));
  }

  @Test
  void live_heap_follows_gogc_where_it_is_exposed() throws Exception {
    check(
        "heap_live",
        List.of(
            series("go_gc_gogc_percent" + LABELS, "50"),
            series("go_memstats_next_gc_bytes" + LABELS, "60000000")),
        List.of(LABELS + " 40000000"));
  }

  @Test
  void live_heap_with_the_collector_off_is_what_is_allocated() throws Exception {
    check(
        "heap_live",
        List.of(
            series("go_gc_gogc_percent" + LABELS, "18446744073709552000"),
            series("go_memstats_next_gc_bytes" + LABELS, "900000000"),
            series("go_memstats_heap_alloc_bytes" + LABELS, "54942600")),
        List.of(LABELS + " 54942600"));
  }

  @Test
  void a_mixed_fleet_has_one_row_a_target() throws Exception {
    String other = "{job=\"api\", instance=\"h:2\"}";
    check(
        "heap_live",
        List.of(
            series("go_gc_heap_live_bytes" + LABELS, "41000000"),
            series("go_memstats_next_gc_bytes" + LABELS, "90000000"),
            series("go_memstats_next_gc_bytes" + other, "60000000"),
            series("go_memstats_heap_alloc_bytes" + other, "50000000")),
        List.of(LABELS + " 41000000", other + " 30000000"));
  }

  @Test
  void memory_of_its_limit_joins_two_jobs_and_two_kube_state_metrics() throws Exception {
    String limit = "kube_pod_container_resource_limits{resource=\"memory\", " + POD;
    check(
        "memory_limit_ratio",
        List.of(
            series(
                "container_memory_working_set_bytes{job=\"kubelet\", id=\"/a\", " + POD + "}",
                "900"),
            series("container_memory_working_set_bytes{job=\"kubelet\", pod=\"a-1\"}", "999"),
            series(limit + ", job=\"ksm\", instance=\"k:1\"}", "1000"),
            series(limit + ", job=\"ksm\", instance=\"k:2\"}", "1000")),
        List.of("{" + POD + "} 0.9"));
  }

  @Test
  void memory_of_its_limit_needs_no_kube_state_metrics() throws Exception {
    check(
        "memory_limit_ratio",
        List.of(
            series("container_memory_working_set_bytes{job=\"kubelet\", " + POD + "}", "900"),
            series("container_spec_memory_limit_bytes{job=\"kubelet\", " + POD + "}", "1200")),
        List.of("{" + POD + "} 0.75"));
  }

  @Test
  void an_unset_gomemlimit_is_no_limit() throws Exception {
    Signal heap = catalogue.find("heap_live").orElseThrow();
    checkExpr(
        String.valueOf(heap.limit()),
        List.of(series("go_gc_gomemlimit_bytes" + LABELS, "9223372036854775807")),
        List.of());
  }

  private void check(String id, List<String> series, List<String> expected)
      throws IOException, InterruptedException {
    checkExpr(catalogue.find(id).orElseThrow().expr(), series, expected);
  }

  private void checkExpr(String expr, List<String> series, List<String> expected)
      throws IOException, InterruptedException {
    StringBuilder test = new StringBuilder("tests:\n- interval: 1m\n  input_series:\n");
    series.forEach(test::append);
    test.append("  promql_expr_test:\n  - eval_time: 5m\n    expr: ").append(quoted(expr));
    test.append("\n    exp_samples:").append(expected.isEmpty() ? " []\n" : "\n");
    for (String row : expected) {
      int end = row.lastIndexOf(' ');
      test.append("    - {labels: ").append(quoted(row.substring(0, end)));
      test.append(", value: ").append(row.substring(end + 1)).append("}\n");
    }
    Files.writeString(directory.resolve("test.yml"), test);
    Promtool.Answer answer = promtool.orElseThrow().run(directory, "test", "rules", "test.yml");
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  private static String series(String series, String value) {
    return "  - {series: " + quoted(series) + ", values: '" + value + "x10'}\n";
  }

  private static String rule(String name, String expr) {
    return "  - {record: '" + name + "', expr: " + quoted(expr) + "}\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
