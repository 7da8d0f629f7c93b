package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full tests of a service with many rules are of excerpts, which hold what its own file holds. */
class ExcerptsTest {
  private static final List<String> ALERTS =
      List.of(
          "goroutine-leak",
          "goroutine-level",
          "fds-near-limit",
          "gc-thrash",
          "gc-pause",
          "target-down",
          "restart-loop",
          "memory-near-limit");

  @TempDir Path directory;

  private static Map<String, String> files() throws Exception {
    String alerts =
        ALERTS.stream().map("{use: %s}"::formatted).collect(Collectors.joining(", ", "[", "]"));
    Map<String, String> texts = new TreeMap<>();
    Oracle.files(
            """
            apiVersion: tidemark/v1
            target: {engine: promql}
            teams: [{name: pay, receiver: hook}]
            receivers: [{name: hook, webhook: {url: "http://127.0.0.1:43211/api/v1/alertmanager"}}]
            services:
              - {name: first, team: pay, selector: {namespace: one, job: api}, alerts: ALERTS}
              - {name: second, team: pay, selector: {namespace: second, job: second}, alerts: ALERTS}
            """
                .replace("ALERTS", alerts))
        .forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
    return texts;
  }

  private static Stream<String> exprs(String rules) {
    return rules.lines().map(String::strip).filter(line -> line.startsWith("expr: "));
  }

  @Test
  void hold_rules_of_the_service_alone_and_all_alerts_are_wired_to_its_own_file() throws Exception {
    Map<String, String> files = files();
    List<String> excerpts = files.keySet().stream().filter(p -> p.endsWith(".rules")).toList();
    assertThat(excerpts).isNotEmpty().allMatch(path -> path.startsWith("tests/pay/first-"));
    List<String> own = exprs(files.getOrDefault("rules/pay/first.yml", "")).toList();
    for (String excerpt : excerpts) {
      List<String> some = exprs(files.getOrDefault(excerpt, "")).toList();
      assertThat(own).containsAll(some);
      assertThat(some).hasSizeLessThan(own.size());
    }
    String wired =
        files.entrySet().stream()
            .filter(file -> file.getKey().matches("tests/pay/first-Every[0-9a-z]+_test.yml"))
            .map(Map.Entry::getValue)
            .filter(text -> text.contains("../../rules/pay/first.yml"))
            .collect(Collectors.joining());
    assertThat(wired)
        .contains("GoFdsNearLimit", "GoGcThrash", "GoGcPauseLong", "GoTargetDown", "GoRestartLoop")
        .contains("GoMemoryNearLimit", "target:goroutines:raw");
  }

  @Test
  void a_service_whose_namespace_has_its_name_has_the_shape_of_any_other() throws Exception {
    assertThat(files().keySet())
        .filteredOn(path -> path.startsWith("tests/pay/second"))
        .containsExactly("tests/pay/second-Every5m_test.yml");
  }

  @Test
  void promtool_passes_them_all() throws Exception {
    TreeMap<String, byte[]> bytes = new TreeMap<>();
    files().forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    assertThat(bytes.keySet()).anyMatch(path -> path.endsWith(".rules"));
    passes(bytes);
  }

  @Test
  void rules_that_match_names_or_read_other_alerts_are_tested_beside_all() throws Exception {
    String others =
        IntStream.range(0, 20)
            .mapToObj("      - {name: Other%1$d, expr: 'other%1$d > 0'}\n"::formatted)
            .collect(Collectors.joining());
    SortedMap<String, byte[]> files =
        Oracle.files(
            """
            apiVersion: tidemark/v1
            teams: [{name: pay, receiver: hook}]
            receivers: [{name: hook, webhook: {url: "http://127.0.0.1:43211/x"}}]
            services:
              - name: api
                team: pay
                records: [{record: 'api:errors:sum', expr: 'sum(errors)'}]
                alerts:
            OTHERS
                  - {name: Any, expr: '{__name__=~"api:.+:sum"} > 5'}
                  - {name: Both, expr: 'count(ALERTS{alertname="Other7"}) > 0'}
            """
                .replace("OTHERS\n", others));
    StringBuilder excerpts = new StringBuilder();
    files.forEach(
        (path, bytes) ->
            excerpts.append(
                path.endsWith(".rules") ? new String(bytes, StandardCharsets.UTF_8) : ""));
    assertThat(excerpts).contains("'Other3'").doesNotContain("'Any'").doesNotContain("'Both'");
    passes(files);
  }

  private void passes(SortedMap<String, byte[]> bytes) throws Exception {
    Oracle oracle = Oracle.orSkip();
    oracle.write(bytes, directory);
    for (String path : bytes.keySet()) {
      if (path.endsWith("_test.yml")) {
        Tool.Answer answer = oracle.ask(path, directory);
        assertThat(answer.code()).as(path + ": " + answer.text()).isZero();
      }
    }
  }
}
