package dev.tidemark.rules.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFormatTest {
  private static final int WIDTH = 60;
  private static final String HEAD = "groups: # all\n- name: g\n  rules:\n";
  private static final String LONG =
      "sum(rate(http_requests_total{code=~'5..'}[5m])) / sum(rate(http_requests_total[5m]))";
  private static final String LAID_OUT =
      """
              sum(rate(http_requests_total{code=~"5.."}[5m]))
              /
              sum(rate(http_requests_total[5m]))
      """
          .indent(-2);

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("plain", "    expr: a+b # why\n", "    expr: a + b # why\n"),
        Arguments.of(
            "single quotes", "    expr: 'a{b=\"''\"}+c'\n", "    expr: 'a{b=\"''\"} + c'\n"),
        Arguments.of(
            "double quotes",
            "    expr: \"a{b='\\\\d'} ==1\"\n".replace("\\\\d", "c"),
            "    expr: \"a{b=\\\"c\\\"} == 1\"\n"),
        Arguments.of("plain that may not stay", "    expr: +a  +b\n", "    expr: +a + b\n"),
        Arguments.of("plain with a brace first", "    expr: (a+b)\n", "    expr: a + b\n"),
        Arguments.of(
            "a colon and a blank",
            "    expr: sum(a) by(b)==1\n",
            "    expr: sum by (b) (a) == 1\n"),
        Arguments.of("what is right", "    expr:   'a + b'   # x\n", "    expr:   'a + b'   # x\n"),
        Arguments.of(
            "long plain", "    expr: " + LONG + " # why\n", "    expr: | # why\n" + LAID_OUT),
        Arguments.of("long in quotes", "    expr: \"" + LONG + "\"\n", "    expr: |\n" + LAID_OUT),
        Arguments.of(
            "a block",
            "    expr: |- # x\n      " + LONG + "\n\n",
            "    expr: |- # x\n" + LAID_OUT + "\n"),
        Arguments.of(
            "a folded block",
            "    expr: >\n\n      " + LONG + "\n    for: 1m\n",
            "    expr: |\n" + LAID_OUT + "    for: 1m\n"),
        Arguments.of(
            "a plain scalar of several lines",
            "    expr: a +\n      b\n    for: 1m\n",
            "    expr: a +\n      b\n    for: 1m\n"),
        Arguments.of(
            "braces",
            "  - {alert: A, expr: a+b, for: 1m}\n",
            "  - {alert: A, expr: a + b, for: 1m}\n"),
        Arguments.of(
            "braces and a matcher",
            "  - {alert: A, expr: 'a{b=\"c\"}+d'}\n",
            "  - {alert: A, expr: 'a{b=\"c\"} + d'}\n"),
        Arguments.of(
            "braces are one line",
            "  - {expr: '" + LONG.replace("'", "\"") + "+1'}\n",
            "  - {expr: '" + LONG.replace("'", "\"") + " + 1'}\n"),
        Arguments.of(
            "a comment inside", "    expr: |\n      a+b # c\n", "    expr: |\n      a+b # c\n"),
        Arguments.of("an anchor", "    expr: &x a+b\n", "    expr: &x a+b\n"),
        Arguments.of("a stated indent", "    expr: |2\n      a+b\n", "    expr: |2\n      a+b\n"),
        Arguments.of("no expression", "    expr: a+\n", "    expr: a+\n"),
        Arguments.of("another key", "    expression: a+b\n", "    expression: a+b\n"),
        Arguments.of("no newline at the end", "    expr: |\n      a+b", "    expr: |\n      a + b"),
        Arguments.of(
            "not the first plane",
            "    summary: 🐹\n    expr: a+b\n",
            "    summary: 🐹\n    expr: a + b\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void changes_the_expression_and_nothing_else(String description, String rule, String expected) {
    String file = HEAD + (rule.contains("- {") ? rule : "  - alert: A\n" + rule);
    String wanted = HEAD + (rule.contains("- {") ? expected : "  - alert: A\n" + expected);
    Formatted formatted = FileFormat.format(file, WIDTH);
    assertThat(formatted.text()).as(description).isEqualTo(wanted);
    assertThat(FileFormat.format(wanted, WIDTH).text()).as("a second time").isEqualTo(wanted);
    String dos = file.replace("\n", "\r\n");
    assertThat(FileFormat.format(dos, WIDTH).text())
        .as("with carriage returns")
        .isEqualTo(wanted.replace("\n", "\r\n"));
  }

  @Test
  void knows_rule_files_objects_and_specifications() {
    String rules =
        "spec:\n  groups:\n  - rules:\n    - expr: a+b\n---\n" + HEAD + "  - expr: a+b\n";
    assertThat(FileFormat.format(rules, WIDTH).count(Note.Kind.CHANGED)).isEqualTo(2);
    String spec = "services:\n- requests: a+b\n  alerts:\n  - {name: A, expr: a+b}\n  expr: a+b\n";
    assertThat(FileFormat.format(spec, WIDTH).text())
        .isEqualTo(
            "services:\n- requests: a + b\n  alerts:\n  - {name: A, expr: a + b}\n  expr: a+b\n");
  }

  @Test
  void tells_what_is_wrong_at_its_place_in_the_file() {
    String file =
        HEAD
            + "  - expr: a+b+\n"
            + "  - expr: 'rat(a[5m])'\n"
            + "  - expr: |\n      a +\n      (b\n"
            + "  - expr: a+b\n";
    Formatted formatted = FileFormat.format(file, WIDTH);
    List<String> notes =
        formatted.notes().stream().map(n -> n.kind() + " " + n.line() + ":" + n.column()).toList();
    assertThat(notes).containsExactly("BROKEN 4:15", "BROKEN 5:12", "BROKEN 8:9", "CHANGED 9:11");
    assertThat(formatted.text()).as("others are laid out").endsWith("expr: a + b\n");
  }

  @Test
  void what_is_no_yaml_stays_and_is_said() {
    for (String bad : List.of("a: [", "a: 'x", "\t- a", "a: \"\\xzz\"", "[".repeat(1000), "\0")) {
      Formatted formatted = FileFormat.format(bad, WIDTH);
      assertThat(formatted.text()).isEqualTo(bad);
      assertThat(formatted.count(Note.Kind.BROKEN)).as(bad).isEqualTo(1);
    }
    assertThat(FileFormat.format("", WIDTH).notes()).isEmpty();
  }

  @Test
  void a_damaged_file_is_changed_safely_or_not_at_all() {
    long seed = Long.getLong("seed", 20261121);
    Random random = new Random(seed);
    List<Arguments> all = cases().toList();
    String noise = " \n:-#'\"|>{}[],&*!?%@`\\a1\t";
    for (int i = 0; i < 3_000; i++) {
      String rule = (String) all.get(random.nextInt(all.size())).get()[1];
      StringBuilder file = new StringBuilder(HEAD).append("  - alert: A\n").append(rule);
      for (int j = random.nextInt(4); j >= 0; j--) {
        int at = HEAD.length() + random.nextInt(file.length() - HEAD.length());
        file.insert(at, noise.charAt(random.nextInt(noise.length())));
      }
      Formatted once = FileFormat.format(file.toString(), WIDTH);
      Formatted twice = FileFormat.format(once.text(), WIDTH);
      assertThat(twice.text()).as("seed %d:\n%s", seed, file).isEqualTo(once.text());
      assertThat(once.notes())
          .as("seed %d:\n%s", seed, file)
          .noneMatch(note -> note.message().contains("would not say the same"));
    }
  }

  @Test
  void what_is_generated_stays_as_the_generator_writes_it() throws Exception {
    String generated = Files.readString(Path.of("../alerts/rules/pay/payments.yml"));
    Formatted formatted = FileFormat.format(generated, WIDTH);
    assertThat(formatted.text()).isEqualTo(generated);
    assertThat(formatted.notes())
        .extracting(Note::message)
        .containsExactly(
            "left as it is: it is generated; format the specification, and generate anew");
  }
}
