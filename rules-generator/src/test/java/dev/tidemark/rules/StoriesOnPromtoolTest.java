package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stories that are told side by side pass, and each of them can fail by itself. */
class StoriesOnPromtoolTest {
  private static final String RULES = "rules/pay/api.yml";
  private static final String TESTS = "tests/pay/api-Every15m_test.yml";
  private static final Pattern LEAK =
      Pattern.compile("(alert: 'GoGoroutineLeak'\\n *expr: ')(.*)(')");
  private static final List<String> LEAKING = List.of("api", "api-gaps", "api-twice", "owner");
  private static final List<String> SILENT =
      List.of("api-flat", "api-noise", "api-deploy", "api-restart", "api-young");
  private static final String EACH =
      "max by (cluster, namespace, pod, container, workload)"
          + " (target:goroutines:max{tidemark_service=\"api\"} %s)";

  @TempDir Path directory;

  private static SortedMap<String, byte[]> files(String selector) throws Exception {
    return files(selector, "goroutine-leak", "heap-leak");
  }

  private static SortedMap<String, byte[]> files(String selector, String... alerts)
      throws Exception {
    return new TreeMap<>(
        Oracle.files(
            """
            apiVersion: tidemark/v1
            target: {engine: promql}
            teams: [{name: pay, receiver: hook}]
            receivers: [{name: hook, webhook: {url: "http://127.0.0.1:43211/api/v1/alertmanager"}}]
            services:
              - name: api
                team: pay
                selector: SELECTOR
                alerts: [ALERTS]
            """
                .replace("SELECTOR", selector)
                .replace(
                    "ALERTS",
                    Arrays.stream(alerts)
                        .map("{use: %s}"::formatted)
                        .collect(Collectors.joining(", ")))));
  }

  private static String text(SortedMap<String, byte[]> files, String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  /** What promtool says of the stories when the rule of one alert is another. */
  private String told(String expr) throws Exception {
    Oracle oracle = Oracle.orSkip();
    SortedMap<String, byte[]> files = files("{namespace: pay, job: api}");
    Matcher rule = LEAK.matcher(text(files, RULES));
    assertThat(rule.find()).isTrue();
    String broken =
        rule.replaceFirst(
            "$1" + Matcher.quoteReplacement(expr.replace("ASIS", rule.group(2))) + "$3");
    files.put(RULES, broken.getBytes(StandardCharsets.UTF_8));
    oracle.write(files, directory);
    Tool.Answer answer = oracle.ask(TESTS, directory);
    assertThat(answer.code()).as(answer.text()).isEqualTo(expr.equals("ASIS") ? 0 : 1);
    assertThat(answer.text()).doesNotContain("GoHeapLeak");
    return answer.text();
  }

  private static void failed(String told, List<String> workloads) {
    for (String workload : workloads) {
      assertThat(told).contains("workload=\\\"" + workload + "\\\"");
    }
  }

  @Test
  void they_pass_in_one_group_of_both_alerts() throws Exception {
    assertThat(told("ASIS")).contains("SUCCESS");
    assertThat(text(files("{namespace: pay, job: api}"), TESTS).split("- name: ")).hasSize(2);
  }

  @Test
  void each_silent_one_fails_when_the_alert_always_fires() throws Exception {
    String told = told(EACH.formatted("> 0"));
    failed(told, SILENT);
    failed(told, LEAKING);
  }

  @Test
  void each_leak_fails_when_the_alert_never_fires() throws Exception {
    String told = told(EACH.formatted("< 0"));
    failed(told, LEAKING);
    assertThat(told).doesNotContain(SILENT);
  }

  @Test
  void an_alert_of_a_workload_that_nobody_looks_at_fails() throws Exception {
    assertThat(told("label_replace(ASIS, \"workload\", \"else\", \"\", \"\")"))
        .contains("workload!~", "workload=\"else\"");
  }

  @Test
  void stories_that_would_share_a_workload_have_groups_of_their_own() throws Exception {
    // a pod's owner is another workload of the same target
    SortedMap<String, byte[]> files = files("{pod: api-7d4b9c6f58-x2x4z}");
    assertThat(text(files, TESTS).split("- name: ")).hasSize(1 + 10);
    Oracle oracle = Oracle.orSkip();
    oracle.write(files, directory);
    Tool.Answer answer = oracle.ask(TESTS, directory);
    assertThat(answer.code()).as(answer.text()).isZero();
  }

  @Test
  void two_alerts_on_one_metric_of_one_process_do_not_share_a_group() throws Exception {
    // the story of two scrapers adds series of go_goroutines to the target of the other's story
    SortedMap<String, byte[]> files =
        files("{job: api}\n    identity: [job, instance]", "goroutine-leak", "deep-stacks");
    Oracle oracle = Oracle.orSkip();
    oracle.write(files, directory);
    List<String> tests =
        files.keySet().stream()
            .filter(path -> path.startsWith("tests/pay/api-Every") && path.endsWith("_test.yml"))
            .toList();
    assertThat(tests).isNotEmpty();
    for (String test : tests) {
      Tool.Answer answer = oracle.ask(test, directory);
      assertThat(answer.code()).as(test + ": " + answer.text()).isZero();
    }
  }
}
