package dev.tidemark.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidemark.rules.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every dashboard holds the rules of Grafana's linter, but for what dashboards/.lint gives reasons
 * for.
 */
class LinterTest {
  @Test
  void the_example_fleets_dashboards_hold_them_and_every_exclusion_is_needed() throws Exception {
    List<Exclusion> exclusions = exclusions();
    List<Exclusion> used = new ArrayList<>();
    SortedMap<String, JsonNode> documents =
        Documents.read(Oracle.files(Files.readString(Path.of("examples/fleet.yaml"))));
    assertThat(documents).hasSize(10);
    for (JsonNode dashboard : documents.values()) {
      for (Linter.Finding finding : Linter.lint(dashboard)) {
        List<Exclusion> why = exclusions.stream().filter(e -> e.covers(finding)).toList();
        assertThat(why).as(finding.toString()).isNotEmpty();
        used.addAll(why);
      }
    }
    assertThat(used).containsAll(exclusions);
    assertThat(exclusions).allSatisfy(e -> assertThat(e.reason()).hasSizeGreaterThan(20));
  }

  @ParameterizedTest
  @MethodSource("dev.tidemark.rules.dashboard.Documents#kinds")
  void dashboards_of_every_kind_of_fleet_hold_them(Documents.Kind kind) throws Exception {
    for (JsonNode dashboard : kind.documents().values()) {
      assertThat(Linter.lint(dashboard).stream().map(Linter.Finding::rule).distinct())
          .as(dashboard.path("title").asText())
          .isSubsetOf(
              "template-job-rule",
              "template-instance-rule",
              "target-job-rule",
              "target-instance-rule");
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        breaking("uneditable-dashboard", d -> d.put("editable", true)),
        breaking(
            "template-datasource-rule",
            d -> ((ObjectNode) d.path("templating").path("list").path(0)).put("name", "ds")),
        breaking("template-job-rule", d -> variable(d).put("allValue", ".*")),
        breaking("template-on-time-change-reload-rule", d -> variable(d).put("refresh", 1)),
        breaking(
            "template-label-promql-rule", d -> variable(d).put("query", "label_values(up{, job)")),
        breaking("panel-datasource-rule", d -> panel(d).putObject("datasource").put("uid", "mine")),
        breaking("panel-title-description-rule", d -> panel(d).put("description", " ")),
        breaking(
            "panel-units-rule",
            d ->
                ((ObjectNode) panel(d).path("fieldConfig").path("defaults"))
                    .put("unit", "furlongs")),
        breaking("panel-no-targets-rule", d -> panel(d).putArray("targets")),
        breaking("target-promql-rule", d -> target(d).put("expr", "sum(")),
        breaking("target-promql-rule", d -> target(d).put("expr", "mad_over_time(up[$__range])")),
        breaking(
            "target-logql-rule",
            d -> ((ObjectNode) target(d).path("datasource")).put("type", "loki")),
        breaking("target-rate-interval-rule", d -> target(d).put("expr", "rate(a_total[5m])")),
        breaking(
            "target-counter-agg-rule", d -> target(d).put("expr", "sum(a_total{job=~\"$job\"})")),
        breaking("target-job-rule", d -> target(d).put("expr", "up{instance=~\"$instance\"}")),
        breaking("target-instance-rule", d -> target(d).put("expr", "up{job=~\"$job\"}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("broken")
  void each_rule_finds_what_breaks_it(String rule, Consumer<ObjectNode> breaking) throws Exception {
    ObjectNode dashboard = (ObjectNode) Documents.document("pods", "dashboards/remediation.json");
    assertThat(Linter.lint(dashboard)).isEmpty();
    breaking.accept(dashboard);
    assertThat(Linter.lint(dashboard)).extracting(Linter.Finding::rule).contains(rule);
  }

  private static Arguments breaking(String rule, Consumer<ObjectNode> how) {
    return Arguments.of(rule, how);
  }

  private static ObjectNode variable(ObjectNode dashboard) {
    return (ObjectNode) dashboard.path("templating").path("list").path(1);
  }

  private static ObjectNode panel(ObjectNode dashboard) {
    return (ObjectNode) Documents.panels(dashboard).get(0);
  }

  private static ObjectNode target(ObjectNode dashboard) {
    return (ObjectNode) panel(dashboard).path("targets").path(0);
  }

  /** One entry of dashboards/.lint; an empty panel is every panel. */
  private record Exclusion(String rule, String dashboard, String panel, String reason) {
    boolean covers(Linter.Finding finding) {
      return rule.equals(finding.rule())
          && dashboard.equals(finding.dashboard())
          && (panel.isEmpty() || panel.equals(finding.panel()));
    }
  }

  private static List<Exclusion> exclusions() throws IOException {
    List<Exclusion> all = new ArrayList<>();
    JsonNode file = new YAMLMapper().readTree(Path.of("../dashboards/.lint").toFile());
    file.path("exclusions")
        .properties()
        .forEach(
            rule ->
                rule.getValue()
                    .path("entries")
                    .forEach(
                        entry ->
                            all.add(
                                new Exclusion(
                                    rule.getKey(),
                                    entry.path("dashboard").asText(),
                                    entry.path("panel").asText(""),
                                    rule.getValue().path("reason").asText()))));
    return all;
  }
}
