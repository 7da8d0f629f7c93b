package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.rules.Tool;
import dev.tidemark.rules.output.YamlText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates we keep are those that Prometheus reads: promtool is asked. */
class GoTemplateTest {
  private static final int TEMPLATES = 2000;

  private static final List<String> VALUES =
      List.of(
          "$value",
          "$labels.job",
          "query \"up\"",
          "query \"up\" | first | value | humanize",
          "$x",
          "$row.Labels.job",
          "nope 1",
          "gt $value 1.0",
          "(query \"up\" | first).Value",
          ". | value",
          ".Value",
          ".",
          "5",
          "\"x}}y\" | query",
          "$value | 5",
          "$value | .",
          "printf \"%.2f\" $value",
          "printf `%.2f` -5",
          "and (gt $value 1.0) (lt $value 1e3)",
          "true",
          "index $labels \"a-b\"",
          "reReplaceAll \"a(b)\" \"$1\" $labels.job",
          "'c'",
          "len (query \"up\")",
          "humanize$value",
          "$value.x.y",
          "(",
          ")",
          "\"open",
          "$",
          "$x := 5",
          "query\n\"up\"",
          "eq 1 2 3 | not");

  private static final List<String> ACTIONS =
      List.of(
          "{{ if %s }}",
          "{{ if %s }}yes{{ else }}no{{ end }}",
          "{{ else }}",
          "{{ else if %s }}",
          "{{ end }}",
          "{{ end }}",
          "{{end}}",
          "{{ range $i, $row := %s }}",
          "{{range %s}}",
          "{{ with %s }}",
          "{{ $x := %s }}",
          "{{ $x = %s }}",
          "{{ %s }}",
          "{{- %s -}}",
          "{{/* %s */}}",
          " and ",
          "{{%s}}",
          "{{ %s | %s }}",
          "{{ %s %s }}");

  @TempDir Path directory;

  @Test
  void what_promtool_reads_is_read_and_nothing_else() throws Exception {
    Optional<Tool> promtool = Tool.find("promtool");
    assumeTrue(promtool.isPresent());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> templates = new ArrayList<>();
    List<Map<String, Object>> rules = new ArrayList<>();
    for (int i = 0; i < TEMPLATES; i++) {
      templates.add(template(random));
      rules.add(
          Map.of(
              "alert", "T" + i, "expr", "up == 0", "annotations", Map.of("a", templates.get(i))));
    }
    Files.writeString(
        directory.resolve("r.yml"),
        YamlText.of("", Map.of("groups", List.of(Map.of("name", "g", "rules", rules)))));
    Tool.Answer answer = promtool.get().run(directory, "check", "rules", "--lint=none", "r.yml");
    TreeSet<Integer> refused = new TreeSet<>();
    Matcher rule = Pattern.compile("rule \\d+, \"T(\\d+)\"").matcher(answer.text());
    while (rule.find()) {
      refused.add(Integer.parseInt(rule.group(1)));
    }
    assertThat(refused).hasSizeBetween(TEMPLATES / 4, TEMPLATES - TEMPLATES / 10);
    for (int i = 0; i < TEMPLATES; i++) {
      assertThat(GoTemplate.problem(templates.get(i)).isPresent())
          .as("seed %d: %s: %s", seed, templates.get(i), GoTemplate.problem(templates.get(i)))
          .isEqualTo(refused.contains(i));
    }
  }

  private static String template(Random random) {
    StringBuilder text = new StringBuilder();
    int open = 0;
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
      // most are nearly right, else nothing would ever be read
      while (open == 0 && i > 0 && action.contains("e") && action.matches("\\{\\{ ?e.*")) {
        action = ACTIONS.get(random.nextInt(ACTIONS.size()));
      }
      open += action.matches("\\{\\{ ?(if|range|with).*") && !action.contains("end") ? 1 : 0;
      open -= action.equals("{{ end }}") || action.equals("{{end}}") ? 1 : 0;
      while (action.contains("%s")) {
        String value = VALUES.get(random.nextInt(VALUES.size()));
        action = action.replaceFirst("%s", Matcher.quoteReplacement(value.replace("%", "%%")));
      }
      text.append(action.replace("%%", "%"));
    }
    return text + "{{ end }}".repeat(random.nextInt(8) == 0 ? 0 : Math.max(0, open));
  }
}
