package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The 17 rules of grafana/dashboard-linter, by what their source checks; where releases of it
 * differ, the newer. Stricter in two: a counter is one by its name whether it has matchers or not,
 * and tables are held to the rules of graphs.
 */
final class Linter {
  private static final Pattern FUNCTION = Pattern.compile("([a-z_]+)\\((.+)\\)");
  private static final Set<String> UNITS =
      Set.of(
          "none",
          "short",
          "percent",
          "percentunit",
          "bytes",
          "Bps",
          "s",
          "dtdurations",
          "ops",
          "cps",
          "reqps");
  private static final Set<String> RATES = Set.of("rate", "irate", "increase");

  private final List<Finding> findings = new ArrayList<>();
  private final JsonNode dashboard;

  private Linter(JsonNode dashboard) {
    this.dashboard = dashboard;
  }

  /** What a rule says; the panel is empty where it speaks of the whole dashboard. */
  record Finding(String rule, String dashboard, String panel, String text) {}

  static List<Finding> lint(JsonNode dashboard) {
    Linter linter = new Linter(dashboard);
    linter.dashboard();
    linter.variables();
    Documents.panels(dashboard).forEach(linter::panel);
    return List.copyOf(linter.findings);
  }

  private void expect(boolean right, String rule, String panel, String text) {
    if (!right) {
      findings.add(new Finding(rule, dashboard.path("title").asText(), panel, text));
    }
  }

  private void dashboard() {
    expect(!dashboard.path("editable").asBoolean(true), "uneditable-dashboard", "", "editable");
    List<JsonNode> sources =
        Documents.list(dashboard.path("templating").path("list")).stream()
            .filter(v -> v.path("type").asText().equals("datasource"))
            .toList();
    expect(
        sources.size() == 1
            && sources.get(0).path("name").asText().equals("datasource")
            && sources.get(0).path("label").asText().equals("Data source")
            && sources.get(0).path("query").asText().equals("prometheus"),
        "template-datasource-rule",
        "",
        sources.toString());
    template("job", "Job");
    template("instance", "Instance");
  }

  private void template(String name, String label) {
    List<JsonNode> found =
        Documents.list(dashboard.path("templating").path("list")).stream()
            .filter(v -> v.path("name").asText().equals(name))
            .toList();
    expect(
        found.size() == 1
            && found.get(0).path("datasource").path("uid").asText().equals("${datasource}")
            && found.get(0).path("type").asText().equals("query")
            && found.get(0).path("label").asText().equals(label)
            && found.get(0).path("multi").asBoolean()
            && found.get(0).path("allValue").asText().equals(".+"),
        "template-" + name + "-rule",
        "",
        found.toString());
  }

  private void variables() {
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      if (variable.path("type").asText().equals("query")) {
        String query = variable.path("query").asText();
        expect(
            variable.path("refresh").asInt() == 2,
            "template-on-time-change-reload-rule",
            "",
            variable.path("name").asText());
        Matcher call = FUNCTION.matcher(query);
        boolean known =
            call.matches()
                && Set.of("label_names", "label_values", "metrics", "query_result")
                    .contains(call.group(1));
        expect(known && parses(argument(call)), "template-label-promql-rule", "", query);
      }
    }
  }

  private static String argument(Matcher call) {
    return call.group(1).equals("label_values")
        ? call.group(2).substring(0, call.group(2).lastIndexOf(','))
        : call.group(2);
  }

  private void panel(JsonNode panel) {
    String title = panel.path("title").asText();
    expect(
        panel.path("datasource").path("uid").asText().equals("${datasource}"),
        "panel-datasource-rule",
        title,
        "");
    expect(
        !title.isBlank() && !panel.path("description").asText().isBlank(),
        "panel-title-description-rule",
        title,
        "");
    JsonNode config = panel.path("fieldConfig");
    Stream.concat(
            Stream.of(config.path("defaults").path("unit").asText()),
            config.findValues("properties").stream()
                .flatMap(properties -> Documents.list(properties).stream())
                .filter(property -> property.path("id").asText().equals("unit"))
                .map(property -> property.path("value").asText()))
        .forEach(unit -> expect(UNITS.contains(unit), "panel-units-rule", title, unit));
    expect(!panel.path("targets").isEmpty(), "panel-no-targets-rule", title, "");
    for (JsonNode target : panel.path("targets")) {
      String type = target.path("datasource").path("type").asText();
      expect(!type.equals("loki"), "target-logql-rule", title, type);
      expect(!type.equals("loki"), "target-logql-auto-rule", title, type);
      target(title, target.path("expr").asText());
    }
  }

  private void target(String panel, String expr) {
    expect(parses(expr), "target-promql-rule", panel, expr);
    if (!parses(expr)) {
      return;
    }
    Expr tree = tree(expr);
    List<VectorSelector> inRates = new ArrayList<>();
    walk(tree, inRates, panel, expr);
    for (VectorSelector selector : selectors(tree)) {
      expect(
          !selector.name().endsWith("_total") || inRates.contains(selector),
          "target-counter-agg-rule",
          panel,
          selector.toString());
      for (String label : List.of("job", "instance")) {
        expect(
            selector.matchers().stream()
                .anyMatch(m -> m.toString().equals(label + "=~\"$" + label + "\"")),
            "target-" + label + "-rule",
            panel,
            selector.toString());
      }
    }
  }

  /** What is read over time is read by rates over what Grafana makes of the scrape interval. */
  private void walk(Expr tree, List<VectorSelector> inRates, String panel, String expr) {
    tree.all()
        .filter(node -> node instanceof Call)
        .map(node -> (Call) node)
        .forEach(
            call -> {
              for (Expr argument : call.arguments()) {
                if (argument instanceof MatrixSelector matrix) {
                  String function = call.function().name();
                  if (RATES.contains(function)) {
                    inRates.add(matrix.selector());
                  }
                  expect(
                      !Set.of("rate", "irate").contains(function)
                          || expr.contains("[$__rate_interval]"),
                      "target-rate-interval-rule",
                      panel,
                      expr);
                }
              }
            });
  }

  static List<VectorSelector> selectors(Expr tree) {
    return tree.all()
        .filter(VectorSelector.class::isInstance)
        .map(VectorSelector.class::cast)
        .toList();
  }

  static Expr tree(String expr) {
    try {
      return PromQlParser.parse(ranges(expr));
    } catch (ParseException e) {
      throw new IllegalArgumentException(expr, e);
    }
  }

  private static boolean parses(String expr) {
    try {
      return PromQlParser.read(ranges(expr)).lacking(new Release(2, 42), Set.of()).isEmpty();
    } catch (ParseException e) {
      return false;
    }
  }

  private static String ranges(String expr) {
    return expr.replace("$__rate_interval", "2m").replace("$__range", "6h");
  }
}
