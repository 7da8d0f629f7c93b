package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hostile specification is refused with places, or makes files that promtool accepts. */
@Execution(ExecutionMode.CONCURRENT)
class HostileSpecTest {
  private static final long SEED = 20261121;
  private static final String[] PIECES = {
    "\"",
    "'",
    "\\",
    "\n",
    "\r",
    "\t",
    "{{",
    "}}",
    "{{ $value }}",
    "{{ $labels.pod }}",
    "{{ . }}",
    "#",
    ": ",
    "- ",
    "|",
    "&a",
    "*a",
    "!!str",
    "%",
    "@",
    "`",
    "no",
    "~",
    "1e9",
    "0x1f",
    "null",
    "../",
    "/etc/passwd",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "\u202E",
    "é",
    "日",
    "🐹",
    "\uD83D",
    "\0",
    "\u001b[31m",
    "or vector(1)",
    "} or up{",
    "pay",
    "a",
    "Z",
    "9",
    "_",
    "-",
    ".",
  };

  @TempDir Path directory;

  /** A specification that was not refused, and its files. */
  record Made(int round, String spec, SortedMap<String, byte[]> files) {
    @Override
    public String toString() {
      return "seed " + SEED + " round " + round;
    }
  }

  static List<Made> accepted() {
    Random random = new Random(SEED);
    List<Made> accepted = new ArrayList<>();
    for (int round = 0; round < 150; round++) {
      String spec = spec(random);
      try {
        accepted.add(new Made(round, spec, Oracle.files(spec)));
      } catch (ProblemsException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(accepted).as("seed %d: specs that made files", SEED).hasSizeGreaterThan(20);
    return accepted.subList(0, 21);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void nothing_hostile_makes_a_broken_file(Made made) throws Exception {
    Oracle.orSkip().accepts(made.files(), directory, made + "\n" + made.spec());
  }

  @Test
  void a_scalar_of_a_megabyte_is_refused_with_its_place() {
    String big = "x".repeat(1 << 20);
    for (String key : List.of("name", "team", "selector", "expr", "label", "annotation", "alert")) {
      String spec =
          spec(
              key.equals("name") ? big : "api",
              key.equals("team") ? big : "pay",
              key.equals("selector") ? big : "v",
              key.equals("expr") ? big : "up == 0",
              key.equals("label") ? big : "v",
              key.equals("annotation") ? big : "v",
              "hook",
              key.equals("alert") ? big : "Own");
      assertThatThrownBy(() -> Oracle.files(spec))
          .as(key)
          .isInstanceOf(ProblemsException.class)
          .satisfies(
              e ->
                  assertThat(String.valueOf(e.getMessage()))
                      .startsWith("spec.yaml:")
                      .hasSizeLessThan(2000));
    }
  }

  private static String spec(Random random) {
    // one value after the other is hostile, so that not all are refused for their names
    int hostile = random.nextInt(8);
    return spec(
        hostile == 0 ? text(random) : "api",
        hostile == 1 ? text(random) : "pay",
        hostile == 2 || random.nextBoolean() ? text(random) : "v",
        hostile == 3 ? "up{a=" + PromQl.quote(text(random)) + "} == 0" : "up == 0",
        hostile == 4 || random.nextBoolean() ? text(random) : "v",
        hostile == 5 || random.nextInt(3) == 0 ? text(random) : "v",
        hostile == 6 ? text(random) : "hook",
        hostile == 7 || random.nextInt(3) == 0 ? text(random) : "Own");
  }

  private static String spec(
      String name,
      String team,
      String selector,
      String expr,
      String label,
      String annotation,
      String receiver,
      String alert) {
    return "apiVersion: tidemark/v1\nteams: [{name: "
        + yaml(team)
        + ", receiver: "
        + yaml(receiver)
        + "}]\nreceivers: [{name: "
        + yaml(receiver)
        + ", webhook: {url: 'http://localhost:1/x'}}]\nservices:\n- name: "
        + yaml(name)
        + "\n  team: "
        + yaml(team)
        + "\n  selector: {namespace: n, app: "
        + yaml(selector)
        + "}\n  alerts:\n  - {use: goroutine-leak, labels: {own: "
        + yaml(label)
        + "}, annotations: {summary: "
        + yaml(annotation)
        + "}}\n  - {use: memory-near-limit, runbook: "
        + yaml(annotation)
        + "}\n  - {name: "
        + yaml(alert)
        + ", expr: "
        + yaml(expr)
        + ", annotations: {description: "
        + yaml(annotation)
        + "}}\ninhibit: [{source: {severity: critical}, target: {app: "
        + yaml(label.isBlank() ? "x" : label)
        + "}, equal: [pod]}]\n";
  }

  /** As JSON, which YAML reads back as the same text. */
  static String yaml(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
