package dev.tidemark.signals.oracle;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A row of a table of cases: what an expression answers after ten minutes of samples, one a minute.
 *
 * @param of the id of the signal or fact
 */
public record Case(String name, String of, List<String> series, List<String> rows) {
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

  /** The names of its metrics. */
  public Set<String> metrics() {
    return series.stream().map(s -> s.substring(0, s.indexOf('{'))).collect(Collectors.toSet());
  }

  /**
   * Reads a table.
   *
   * @param key of the id
   */
  public static List<Case> table(Path file, String key) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : new YAMLMapper().readTree(Files.readAllBytes(file))) {
      cases.add(
          new Case(
              node.path("case").asText(),
              node.path(key).asText(),
              texts(node.path("series")),
              texts(node.path("rows"))));
    }
    return cases;
  }

  /** Asks promtool about all of them in one go; skipped where there is none. */
  public static Stream<DynamicTest> answers(
      List<Case> cases, Function<String, String> expression, Path directory)
      throws IOException, InterruptedException {
    Optional<Promtool> promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    for (int i = 0; i < cases.size(); i++) {
      String test = cases.get(i).test(expression.apply(cases.get(i).of()));
      Files.writeString(directory.resolve(file(i)), test);
      arguments.add(file(i));
    }
    String text = promtool.get().run(directory, arguments.toArray(String[]::new)).text();
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(
            i ->
                dynamicTest(
                    cases.get(i).of() + ": " + cases.get(i).name(),
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

  private String test(String expr) {
    StringBuilder test = new StringBuilder("tests:\n- interval: 1m\n  input_series:\n");
    for (String one : series) {
      int end = one.lastIndexOf('}') + 1;
      test.append("  - {series: ").append(quoted(one.substring(0, end)));
      test.append(", values: '").append(one.substring(end).strip()).append("'}\n");
    }
    test.append("  promql_expr_test:\n  - eval_time: 10m\n    expr: ").append(quoted(expr));
    test.append("\n    exp_samples:").append(rows.isEmpty() ? " []\n" : "\n");
    for (String row : rows) {
      int end = row.lastIndexOf(' ');
      test.append("    - {labels: ").append(quoted(row.substring(0, end)));
      test.append(", value: ").append(row.substring(end + 1)).append("}\n");
    }
    return test.toString();
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
