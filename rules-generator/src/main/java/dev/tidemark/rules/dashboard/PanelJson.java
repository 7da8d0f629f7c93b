package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.rules.dashboard.Column.Sort;
import dev.tidemark.rules.dashboard.Panel.Kind;
import java.util.ArrayList;
import java.util.List;

/** Writes a panel in Grafana's classic JSON. */
final class PanelJson {
  private PanelJson() {}

  static ObjectNode of(Panel panel, int id, ObjectNode place) {
    ObjectNode json =
        Json.object(
            "id",
            id,
            "type",
            panel.kind().type(),
            "title",
            panel.title(),
            "description",
            panel.kind() == Kind.NOTE ? "" : description(panel),
            "gridPos",
            place);
    if (panel.kind() == Kind.NOTE) {
      json.set("options", Json.object("mode", "markdown", "content", panel.text()));
      return json;
    }
    json.set("datasource", DashboardJson.datasource());
    json.set(
        "fieldConfig",
        Json.object("defaults", defaults(panel), "overrides", Json.array(overrides(panel))));
    json.set("options", options(panel));
    json.set("targets", Json.array(targets(panel)));
    if (panel.kind() == Kind.TABLE) {
      json.set("transformations", transformations(panel));
    }
    return json;
  }

  private static String description(Panel panel) {
    return panel.needs().isEmpty()
        ? panel.text()
        : panel.text() + "\n\nHas to be switched on: " + panel.needs();
  }

  private static String empty(Panel panel) {
    return panel.needs().isEmpty() ? panel.empty() : "Has to be switched on: " + panel.needs();
  }

  private static List<ObjectNode> targets(Panel panel) {
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < panel.targets().size(); i++) {
      Target target = panel.targets().get(i);
      boolean instant = panel.kind().isInstant();
      all.add(
          Json.object(
              "refId",
              refId(i),
              "datasource",
              DashboardJson.datasource(),
              "editorMode",
              "code",
              "expr",
              target.query().text(),
              "legendFormat",
              target.legend(),
              "instant",
              instant,
              "range",
              !instant,
              "format",
              panel.kind() == Kind.TABLE ? "table" : "time_series"));
    }
    return all;
  }

  private static String refId(int target) {
    return String.valueOf((char) ('A' + target));
  }

  private static ObjectNode defaults(Panel panel) {
    ObjectNode defaults = Json.object("unit", panel.unit());
    String empty = empty(panel);
    if (!empty.isEmpty()) {
      defaults.put("noValue", empty);
    }
    if (!panel.link().isEmpty()) {
      defaults.set("links", links(panel.title(), panel.link()));
    }
    Scales.put(defaults, panel.scale());
    switch (panel.kind()) {
      case LINES ->
          defaults.set(
              "custom",
              Json.object(
                  "drawStyle",
                  "line",
                  "lineWidth",
                  1,
                  "fillOpacity",
                  0,
                  "showPoints",
                  "never",
                  "spanNulls",
                  false));
      case STATES -> defaults.set("custom", Json.object("fillOpacity", 80, "lineWidth", 0));
      case NUMBER, TABLE, NOTE -> {}
    }
    return defaults;
  }

  private static ArrayNode links(String title, String url) {
    return Json.array(Json.object("title", title, "url", url));
  }

  private static List<ObjectNode> overrides(Panel panel) {
    List<ObjectNode> all = new ArrayList<>();
    if (panel.kind() == Kind.TABLE) {
      panel.columns().forEach(column -> all.add(override(panel, column)));
      return all;
    }
    for (int i = 0; i < panel.targets().size(); i++) {
      List<ObjectNode> properties = Styles.of(panel, panel.targets().get(i));
      if (!properties.isEmpty()) {
        all.add(
            Json.object(
                "matcher",
                Json.object("id", "byFrameRefID", "options", refId(i)),
                "properties",
                Json.array(properties)));
      }
    }
    return all;
  }

  private static ObjectNode override(Panel panel, Column column) {
    List<ObjectNode> properties = new ArrayList<>();
    properties.add(Styles.property("displayName", column.title()));
    if (!column.unit().isEmpty()) {
      properties.add(Styles.property("unit", column.unit()));
    }
    if (!column.link().isEmpty()) {
      properties.add(Styles.property("links", links(column.title(), column.link())));
    }
    properties.addAll(Scales.properties(column.scale()));
    return Json.object(
        "matcher",
        Json.object("id", "byName", "options", column.name(panel.targets().size() == 1)),
        "properties",
        Json.array(properties));
  }

  private static ObjectNode options(Panel panel) {
    return switch (panel.kind()) {
      case LINES ->
          Json.object(
              "legend",
              Json.object(
                  "showLegend",
                  true,
                  "displayMode",
                  "list",
                  "placement",
                  "bottom",
                  "calcs",
                  Json.array()),
              "tooltip",
              Json.object("mode", "multi", "sort", "desc"));
      case NUMBER ->
          Json.object(
              "colorMode",
              panel.scale() == Scale.PLAIN ? "none" : "value",
              "graphMode",
              "none",
              "textMode",
              "auto",
              "reduceOptions",
              Json.object("calcs", Json.array("lastNotNull"), "fields", "", "values", false));
      case STATES ->
          Json.object(
              "mergeValues",
              true,
              "showValue",
              "never",
              "rowHeight",
              0.9,
              "legend",
              Json.object("showLegend", true, "displayMode", "list", "placement", "bottom"));
      case TABLE -> Json.object("showHeader", true, "cellHeight", "sm", "sortBy", sortBy(panel));
      case NOTE -> Json.object();
    };
  }

  private static ArrayNode sortBy(Panel panel) {
    return Json.array(
        panel.columns().stream()
            .filter(column -> column.sort() != Sort.NONE)
            .map(
                column ->
                    Json.object(
                        "displayName", column.title(), "desc", column.sort() == Sort.LARGEST_FIRST))
            .toList());
  }

  /** One row for each combination of labels, in the order of the columns, without the time. */
  private static ArrayNode transformations(Panel panel) {
    ObjectNode order = Json.object();
    int next = 0;
    for (Column column : panel.columns()) {
      order.put(column.name(panel.targets().size() == 1), next++);
    }
    return Json.array(
        Json.object("id", "merge", "options", Json.object()),
        Json.object(
            "id",
            "organize",
            "options",
            Json.object(
                "excludeByName",
                Json.object("Time", true),
                "indexByName",
                order,
                "renameByName",
                Json.object())));
  }
}
