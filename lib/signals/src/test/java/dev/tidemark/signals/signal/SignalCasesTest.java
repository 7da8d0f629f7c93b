package dev.tidemark.signals.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table cases.yml, asked of promtool in one go: each signal, each of its ways, hostile input.
 */
class SignalCasesTest {
  private static final String POD = "namespace=\"pay\", pod=\"a-1\", container=\"app\"";
  private static final Map<String, String> LABELS =
      Map.of(
          "T",
          "job=\"api\", instance=\"h:1\"",
          "P",
          POD,
          "K",
          "job=\"kubelet\", instance=\"n:1\", " + POD,
          "S1",
          "job=\"ksm\", instance=\"k:1\", " + POD,
          "S2",
          "job=\"ksm\", instance=\"k:2\", " + POD,
          "N",
          "job=\"node\", instance=\"n:9100\"");

  private record Case(String name, String signal, List<String> series, List<String> rows) {
    Set<String> metrics() {
      return series.stream().map(s -> s.substring(0, s.indexOf('{'))).collect(Collectors.toSet());
    }
  }

  private final Catalogue catalogue =
      Catalogue.load().perRequest("rate(r_total[5m]) # by hand", List.of("replica"));
  @TempDir Path directory;

  @Test
  void every_way_of_every_signal_has_a_case_that_takes_it() throws IOException {
    List<Case> cases = cases();
    for (Signal signal : catalogue.signals()) {
      for (Way way : signal.ways()) {
        assertThat(cases)
            .as("%s by %s", signal.id(), way.of())
            .anySatisfy(
                c -> {
                  assertThat(c.signal()).isEqualTo(signal.id());
                  assertThat(c.rows()).isNotEmpty();
                  assertThat(Support.of(signal, c.metrics()).way()).contains(way);
                });
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> answers() throws IOException, InterruptedException {
    Optional<Promtool> promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
    List<Case> cases = cases();
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    for (int i = 0; i < cases.size(); i++) {
      Files.writeString(directory.resolve(file(i)), test(cases.get(i)));
      arguments.add(file(i));
    }
    String text = promtool.get().run(directory, arguments.toArray(String[]::new)).text();
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(
            i ->
                dynamicTest(
                    cases.get(i).signal() + ": " + cases.get(i).name(),
                    () -> assertThat(section(text, file(i))).isEqualTo("  SUCCESS")));
  }

  private static String file(int i) {
    return "case-%03d.yml".formatted(i);
  }

  private static String section(String text, String file) {
    String start = "Unit Testing:  " + file + "\n";
    int from = text.indexOf(start);
    assertThat(from).as(text).isNotNegative();
    int end = text.indexOf("Unit Testing:", from + 1);
    return text.substring(from + start.length(), end < 0 ? text.length() : end).stripTrailing();
  }

  private String test(Case c) {
    boolean limit = c.signal().startsWith("limit:");
    Signal signal = catalogue.find(c.signal().replace("limit:", "")).orElseThrow();
    String expr = limit ? String.valueOf(signal.limit()) : signal.expr();
    StringBuilder test = new StringBuilder("tests:\n- interval: 1m\n  input_series:\n");
    for (String series : c.series()) {
      int end = series.lastIndexOf('}') + 1;
      test.append("  - {series: ").append(quoted(series.substring(0, end)));
      test.append(", values: '").append(series.substring(end).strip()).append("'}\n");
    }
    test.append("  promql_expr_test:\n  - eval_time: 10m\n    expr: ").append(quoted(expr));
    test.append("\n    exp_samples:").append(c.rows().isEmpty() ? " []\n" : "\n");
    for (String row : c.rows()) {
      int end = row.lastIndexOf(' ');
      test.append("    - {labels: ").append(quoted(row.substring(0, end)));
      test.append(", value: ").append(row.substring(end + 1)).append("}\n");
    }
    return test.toString();
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    Path table = Path.of("src/test/resources/dev/tidemark/signals/signal/cases.yml");
    for (JsonNode node : new YAMLMapper().readTree(Files.readAllBytes(table))) {
      cases.add(
          new Case(
              node.path("case").asText(),
              node.path("signal").asText(),
              texts(node.path("series")),
              texts(node.path("rows"))));
    }
    return cases;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(full(item.asText())));
    return texts;
  }

  private static String full(String series) {
    String full = series;
    for (Map.Entry<String, String> label : LABELS.entrySet()) {
      full = full.replaceFirst("\\{" + label.getKey() + "(?=[,}])", "{" + label.getValue());
    }
    return full;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
