package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.imported.Imported;
import dev.tidemark.rules.imported.Importer;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that are there become a specification that makes the same rules, or are told. */
class ImportTest {
  private static final String RULES = "groups:\n- name: g\n  rules:\n";

  @Test
  void two_hundred_rules_in_the_shapes_of_public_ones_come_back_in_meaning(@TempDir Path folder)
      throws Exception {
    List<FoundFile> corpus = List.of(resource("corpus-rules.yml"), resource("corpus-objects.yml"));
    List<FoundRule> rules = corpus.stream().flatMap(FoundFile::rules).toList();
    assertThat(rules).hasSize(200);
    Imported imported = Importer.of(corpus, List.of(), "imported", ImportCommand::generated);
    assertThat(imported.left()).isEmpty();
    assertThat(imported.rules()).isEqualTo(200);

    Map<String, byte[]> files = Oracle.files(imported.spec());
    List<FoundRule> made =
        new ArrayList<>(
            ImportCommand.generated(new SpecText("s.yaml", imported.spec())).stream()
                .flatMap(FoundFile::rules)
                .toList());
    assertThat(made).hasSize(200);
    for (FoundRule rule : rules) {
      // written apart from the importer's own comparison, and stricter: spaces count
      FoundRule same =
          made.stream()
              .filter(m -> m.name().value().equals(rule.name().value()))
              .filter(m -> expr(m).equals(expr(rule)))
              .filter(
                  m -> values(m.labels()).entrySet().containsAll(values(rule.labels()).entrySet()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("lost: " + rule));
      made.remove(same);
      assertThat(same.forDuration().map(d -> d.value()))
          .isEqualTo(rule.forDuration().map(d -> d.value()));
      assertThat(same.keepFiringFor().map(d -> d.value()))
          .isEqualTo(rule.keepFiringFor().map(d -> d.value()));
      assertThat(values(same.annotations())).containsAllEntriesOf(values(rule.annotations()));
    }
    Oracle.orSkip().accepts(files, folder, "imported");
  }

  static Stream<Arguments> left() {
    return Stream.of(
        arguments(
            "  - {alert: A, expr: x > 0, labels: {severity: page}}", "r.yml:4:48: A: severity"),
        arguments("  - {alert: A, expr: x > }", "r.yml:4:25: A: expr: expected"),
        arguments("  - {alert: \"A\\tB\", expr: x > 0}", "r.yml:4:13: A\tB: name: found \"A"),
        arguments(
            "  - {alert: A, expr: x > 0, labels: {pod: a}}",
            "r.yml:4:43: A: labels: found \"pod\""),
        arguments(
            "  - {alert: A, expr: x > 0, labels: {team: 'Pay Team'}}",
            "r.yml:4:44: A: would not mean the same: label team would be \"imported\" instead of"
                + " \"Pay Team\": a team needs a name of lower-case"),
        arguments(
            "  - alert: A\n    expr: |\n      x > 0\n      and sort_by_label(y) > 0",
            "r.yml:7:11: A: expr: the function sort_by_label needs"),
        arguments(
            "  - {alert: A, expr: x > 0, labels: {workload: a}}", "labels: found \"workload\""),
        arguments("  - {alert: A, expr: x > 0, labels: {v: '{{ $value }}'}}", "template"),
        arguments(
            "  - {alert: A, expr: x > 0, annotations: {a: '{{ range query \"up\" }}{{ nope . }}{{ end }}'}}",
            "annotations: found the template"),
        arguments("  - {alert: A, expr: x > 0, for: 60d}", "needs 30d or less"),
        arguments("  - {record: 'a b', expr: x}", "record: found \"a b\""),
        arguments("  - {record: a, expr: sort_by_label(x)}", "experimental"),
        arguments("  - {alert: A}", "r.yml:4:5: the rule has no expr"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("left")
  void what_cannot_be_expressed_is_told_at_its_place_and_kept_as_a_comment(String rule, String told)
      throws Exception {
    Imported imported = imported(RULES + rule + "\n  - {record: 'still:here', expr: b}\n");
    assertThat(imported.left()).hasSize(1);
    assertThat(imported.left().get(0).toString()).contains(told);
    assertThat(imported.rules()).isEqualTo(1);
    assertThat(Oracle.files(imported.spec())).containsKey("rules/imported/g.yml");
    if (rule.contains("expr")) {
      assertThat(imported.spec()).contains("    # left out, r.yml:");
    }
  }

  @Test
  void annotations_that_query_loop_or_choose_are_kept_as_they_are() throws Exception {
    String text =
        "{{ range query \"up == 0\" }}{{ .Labels.instance }}, {{ else }}none{{ end }}"
            + "{{ if gt $value 1.0 }} and {{ $n := len (query \"up\") }}{{ $n }} more{{ end }}";
    Imported imported =
        imported(RULES + "  - {alert: A, expr: x > 0, annotations: {a: '" + text + "'}}");
    assertThat(imported.left()).isEmpty();
    List<FoundFile> made = ImportCommand.generated(new SpecText("s.yml", imported.spec()));
    assertThat(values(made.get(0).rules().findFirst().orElseThrow().annotations()))
        .containsEntry("a", text);
  }

  @Test
  void what_a_group_says_of_its_rules_is_kept() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - {name: a, interval: 30s, limit: 5, rules: [{record: 'a:b', expr: c}]}
            - {name: b, interval: 30s, rules: [{record: 'a:c', expr: c}]}
            - {name: c, interval: 2m, query_offset: 90s, rules: [{record: 'a:d', expr: c}]}
            - {name: d, query_offset: 0s, rules: [{record: 'a:e', expr: c}]}
            - {name: e, interval: 1h, limit: 0, rules: [{record: 'a:f', expr: c}]}
            """);
    assertThat(imported.left()).isEmpty();
    assertThat(imported.rules()).isEqualTo(5);
    assertThat(imported.spec())
        .contains("target: {prometheus: '2.53'}", "defaults: {groupInterval: 30s}");
    assertThat(imported.notes())
        .contains(
            "1 groups without an interval are evaluated every 1m now, whatever"
                + " evaluation_interval the server has");
    assertThat(groups(imported))
        .containsExactly(
            "imported/a every 30s limit=5",
            "imported/b every 30s",
            "imported/c every 2m query_offset=1m30s",
            "imported/d every 1m query_offset=0s",
            "imported/e every 1h");
  }

  @Test
  void labels_of_a_group_become_those_of_its_rules() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - name: g
              labels: {severity: critical, team: db, tier: one}
              rules:
              - {alert: A, expr: x > 1}
              - {alert: B, expr: x > 2, labels: {severity: info, tier: two}}
              - {record: 'a:b', expr: c}
            """);
    assertThat(imported.left()).isEmpty();
    List<FoundRule> made =
        ImportCommand.generated(new SpecText("s", imported.spec())).stream()
            .flatMap(FoundFile::rules)
            .toList();
    assertThat(made)
        .extracting(rule -> rule.name().value() + values(rule.labels()))
        .containsExactlyInAnyOrder(
            "a:b{severity=critical, team=db, tier=one}",
            "A{severity=critical, team=db, tier=one, workload=g}",
            "B{severity=info, team=db, tier=two, workload=g}");
  }

  @Test
  void groups_of_one_name_that_say_something_else_stay_apart() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - {name: g, interval: 1m, rules: [{record: 'a:b', expr: c}]}
            - {name: g, interval: 2m, rules: [{record: 'a:c', expr: c}]}
            """);
    assertThat(groups(imported)).containsExactly("imported/g-2 every 2m", "imported/g every 1m");
  }

  @Test
  void what_a_specification_cannot_say_of_a_group_is_told() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - {name: a, partial_response_strategy: warn, rules: [{record: 'a:b', expr: c}]}
            - {name: b, limit: many, rules: [{record: 'a:c', expr: c}]}
            - {name: c, query_offset: 10m, rules: [{record: 'a:d', expr: c}]}
            """);
    assertThat(imported.rules()).isEqualTo(2);
    assertThat(imported.left())
        .extracting(Object::toString)
        .containsExactly(
            "r.yml:2:40: the group's partial_response_strategy cannot be expressed; its rules are"
                + " taken over",
            "r.yml:3:20: the group's limit cannot be expressed; its rules are taken over",
            "r.yml:4:40: a:d: queryOffset: found 10m, needs 5m or less: alerts would come as much"
                + " later");
  }

  @Test
  void alerts_keep_whatever_names_can_be_seen(@TempDir Path folder) throws Exception {
    List<String> names =
        List.of(
            "Cert-managerAbsent", "Host out of memory", "a/../b", "Größe {{ $x }}", "💾 'voll'");
    StringBuilder rules = new StringBuilder(RULES);
    names.forEach(
        name ->
            rules
                .append("  - {alert: ")
                .append(HostileSpecTest.yaml(name))
                .append(", expr: x > 0, labels: {severity: warning}}\n"));
    Imported imported = imported(rules.toString());
    assertThat(imported.left()).isEmpty();
    Map<String, byte[]> files = Oracle.files(imported.spec());
    assertThat(files)
        .containsKeys(
            "runbooks/Cert-managerAbsent.md",
            "runbooks/Host%20out%20of%20memory.md",
            "runbooks/a%2F%2E%2E%2Fb.md");
    assertThat(
            ImportCommand.generated(new SpecText("s", imported.spec())).stream()
                .flatMap(FoundFile::rules)
                .map(rule -> rule.name().value()))
        .containsExactlyInAnyOrderElementsOf(names);
    Oracle.orSkip().accepts(files, folder, "names");
  }

  @Test
  void alerts_that_clash_within_a_service_get_services_of_their_own() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - name: g
              rules:
              - {alert: A, expr: x > 1, labels: {severity: critical}}
              - {alert: A, expr: x > 2, labels: {severity: critical}}
              - {alert: B, expr: y > 2, labels: {team: db}}
            """);
    assertThat(imported.left()).isEmpty();
    assertThat(imported.spec())
        .contains("  - name: 'g'\n    team: 'imported'")
        .contains("  - name: 'g-2'\n    team: 'imported'")
        .contains("  - name: 'g-3'\n    team: 'db'");
    assertThat(imported.notes()).contains("1 alerts without a severity have warning now");
  }

  @Test
  void nothing_at_all_is_imported_as_nothing() throws Exception {
    assertThat(imported("").rules()).isZero();
    assertThat(imported("groups: [").left()).hasSize(1);
  }

  @Test
  void hostile_texts_stay_texts() throws Exception {
    Imported imported =
        imported(
            """
            groups:
            - name: "a'\\n- b: {{ }}"
              rules:
              - alert: A
                expr: 'x{a="''\\n: # {{"} > 0'
                labels: {l: "'}\\n- \\u2028\\""}
                annotations: {summary: '''}: # no'}
            """);
    assertThat(imported.left()).isEmpty();
    FoundRule made =
        ImportCommand.generated(new SpecText("s", imported.spec())).get(0).rules().toList().get(0);
    assertThat(values(made.labels())).containsEntry("l", "'}\n- \u2028\"");
    assertThat(values(made.annotations())).containsEntry("summary", "'}: # no");
  }

  static Imported imported(String text) throws Exception {
    SpecText read = new SpecText("r.yml", text);
    return Importer.of(
        List.of(RuleFileReader.read(read)), List.of(read), "imported", ImportCommand::generated);
  }

  /** The groups that are generated, and what each says. */
  private static List<String> groups(Imported imported) throws Exception {
    return ImportCommand.generated(new SpecText("s", imported.spec())).stream()
        .flatMap(file -> file.groups().stream())
        .map(
            group ->
                group.name().value()
                    + " every "
                    + PromDuration.format(group.interval().orElseThrow().value())
                    + group.others().entrySet().stream()
                        .map(said -> " " + said.getKey() + "=" + said.getValue().value())
                        .collect(Collectors.joining()))
        .toList();
  }

  private static Expr expr(FoundRule rule) {
    try {
      return PromQlParser.parse(rule.expr().value());
    } catch (ParseException e) {
      throw new AssertionError(rule.toString(), e);
    }
  }

  private static Map<String, String> values(Map<String, Placed<String>> texts) {
    Map<String, String> values = new TreeMap<>();
    texts.forEach((name, text) -> values.put(name, text.value()));
    return values;
  }

  private static FoundFile resource(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(ImportTest.class.getResourceAsStream("imported/" + name))) {
      return RuleFileReader.read(
          new SpecText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }
}
