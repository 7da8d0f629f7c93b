package dev.tidemark.rules.found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule files as people and programs write them, whole, broken and hostile. */
class RuleFileReaderTest {
  private static final String RULES = "groups:\n- name: g\n  rules:\n";

  @Test
  void reads_a_rule_with_its_places() {
    FoundFile file =
        read(
            """
            groups:
            - name: g
              rules:
              - alert: A
                expr: up == 0
                for: 5m
                keep_firing_for: 1h
                labels: {severity: 1}
                annotations: {summary: no}
            """);
    assertThat(file.problems()).isEmpty();
    FoundRule rule = file.rules().findFirst().orElseThrow();
    assertThat(rule.isAlert()).isTrue();
    assertThat(rule.place()).hasToString("r.yml:4:5");
    assertThat(rule.expr().place()).hasToString("r.yml:5:11");
    assertThat(rule.forDuration().orElseThrow().value()).hasMinutes(5);
    assertThat(rule.labels())
        .hasEntrySatisfying("severity", v -> assertThat(v.value()).isEqualTo("1"));
    assertThat(rule.annotations())
        .hasEntrySatisfying("summary", v -> assertThat(v.value()).isEqualTo("no"));
  }

  @Test
  void reads_prometheus_rules_among_other_objects_and_lists_of_them() {
    String object =
        """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata: {name: a}
        spec:
          groups: [{name: g, rules: [{record: 'a:b', expr: c}]}]
        """;
    assertThat(read("kind: Service\nspec: {}\n---\n" + object).rules()).hasSize(1);
    assertThat(read("name: g\nrules: [{record: 'a:b', expr: c}]\n").rules()).hasSize(1);
    assertThat(read("kind: List\nitems:\n- " + object.replace("\n", "\n  ")).rules()).hasSize(1);
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        arguments("", ""),
        arguments("groups:\n", ""),
        arguments("groups: [", "r.yml:1:10: is no YAML"),
        arguments("groups: 3\n", "r.yml:1:9: groups: needs a list"),
        arguments("groups: [3]\n", "r.yml:1:10: a group needs keys"),
        arguments("route: {}\n", "r.yml:1:1: is no rule file: needs groups"),
        arguments("apiVersion: tidemark/v1\n", "r.yml:1:1: is a specification"),
        arguments("groups:\n- rules: []\n", "r.yml:2:3: the group has no name"),
        arguments(RULES + "  - {expr: a}\n", "r.yml:4:5: a rule needs either alert or record"),
        arguments(RULES + "  - {alert: a}\n", "r.yml:4:5: the rule has no expr"),
        arguments(RULES + "  - {alert: a, expr: b, fro: 5m}\n", "did you mean for?"),
        arguments(RULES + "  - {alert: a, expr: b, for: soon}\n", "r.yml:4:30: for: found"),
        arguments(RULES + "  - {alert: a, expr: b, expr: c}\n", "the key expr stands twice"),
        arguments(RULES + "  - {record: a, expr: b, for: 1m}\n", "for: only an alert has it"),
        arguments(RULES + "  - {alert: a, expr: [b]}\n", "r.yml:4:22: needs a text"),
        arguments(RULES + "  - {<<: 3, alert: a, expr: b}\n", "a merge key needs keys"),
        arguments(RULES + "  - &r {<<: *r, alert: a, expr: b}\n", "merge themselves"),
        arguments("{{- if .Values.rules }}\ngroups: []\n{{- end }}\n", "`helm template`"),
        arguments("[".repeat(200), "is no YAML"),
        arguments("a: &a [*a]\ngroups: *a\n", "a group needs keys"));
  }

  @ParameterizedTest(name = "of {0}")
  @MethodSource("problems")
  void tells_what_is_wrong(String text, String problem) {
    FoundFile file = read(text);
    if (problem.isEmpty()) {
      assertThat(file.problems()).isEmpty();
    } else {
      assertThat(file.problems()).anyMatch(found -> found.toString().contains(problem));
    }
  }

  @Test
  void merge_keys_bring_what_a_rule_does_not_say_itself() {
    FoundFile file =
        read(
            """
            groups:
            - &group
              name: g
              rules:
              - &first {alert: a, expr: b, for: 5m, labels: &labels {severity: info, team: x}}
              - {<<: *first, alert: c, labels: {<<: *labels, team: y}}
              - {<<: [{for: 1m}, *first], alert: d}
            - {<<: *group, name: h}
            """);
    assertThat(file.problems()).isEmpty();
    List<FoundRule> rules = file.rules().toList();
    assertThat(rules)
        .extracting(r -> r.name().value() + " " + r.forDuration().orElseThrow().value())
        .containsExactly("a PT5M", "c PT5M", "d PT1M", "a PT5M", "c PT5M", "d PT1M");
    assertThat(rules.get(1).labels().get("severity")).extracting(Placed::value).isEqualTo("info");
    assertThat(rules.get(1).labels().get("team")).extracting(Placed::value).isEqualTo("y");
  }

  @Test
  void aliases_do_not_multiply_beyond_a_bound() {
    String many = "r: &r {alert: a, expr: b}\nl: &l [" + "*r, ".repeat(1000) + "*r]\n";
    FoundFile file =
        read(many + "groups: [" + "{name: g, rules: *l}, ".repeat(1000) + "{name: h}]\n");
    assertThat(file.problems()).anyMatch(p -> p.message().contains("more than 100000 rules"));
  }

  @Test
  void merges_do_not_multiply_beyond_a_bound() {
    StringBuilder text = new StringBuilder("m0: &m0 {expr: b}\n");
    for (int i = 1; i < 30; i++) {
      text.append("m%d: &m%d {<<: [*m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1));
    }
    text.append("groups: [{name: g, rules: [{alert: a, <<: *m29}]}]\n");
    assertThat(read(text.toString()).problems()).anyMatch(p -> p.message().contains("or too much"));
  }

  private static FoundFile read(String text) {
    return RuleFileReader.read(new SpecText("r.yml", text));
  }
}
