package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a dashboard in Grafana's classic JSON, which releases from 10 on read. Source: the JSON
 * model in Grafana's documentation, "View dashboard JSON model".
 */
public final class DashboardJson {
  /** What all dashboards have in common, for links among them. */
  static final String TAG = "tidemark";

  private static final int SCHEMA = 39;
  private static final int COLUMNS = 24;

  /** Reloads what there is to choose when the time is changed. */
  private static final int ON_TIME_CHANGE = 2;

  private static final int SORTED_BY_NAME = 1;
  private static final int TOOLTIPS_TOGETHER = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DashboardJson() {}

  /** The file: the same document gives the same bytes, wherever it is made. */
  public static byte[] bytes(JsonNode document) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      String text = MAPPER.writer(printer).writeValueAsString(document);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  static ObjectNode of(Dashboard dashboard) {
    return Json.object(
        "uid",
        dashboard.uid(),
        "title",
        dashboard.title(),
        "description",
        dashboard.text(),
        "tags",
        Json.array(TAG, "go"),
        "schemaVersion",
        SCHEMA,
        "version",
        1,
        "editable",
        false,
        "graphTooltip",
        TOOLTIPS_TOGETHER,
        "timezone",
        "browser",
        "refresh",
        "1m",
        "time",
        Json.object("from", "now-" + dashboard.from(), "to", "now"),
        "timepicker",
        Json.object(),
        "links",
        Json.array(dashboard.links().stream().map(DashboardJson::link).toList()),
        "annotations",
        Json.object("list", Json.array(annotations(dashboard))),
        "templating",
        Json.object("list", Json.array(variables(dashboard))),
        "panels",
        Json.array(panels(dashboard)));
  }

  static ObjectNode datasource() {
    return Json.object("type", "prometheus", "uid", "${datasource}");
  }

  private static ObjectNode link(Link link) {
    return Json.object(
        "type",
        "dashboards",
        "title",
        link.title(),
        "tags",
        Json.array(link.tag()),
        "asDropdown",
        true,
        "icon",
        "external link",
        "includeVars",
        true,
        "keepTime",
        true,
        "targetBlank",
        false,
        "tooltip",
        "",
        "url",
        "");
  }

  private static List<ObjectNode> annotations(Dashboard dashboard) {
    List<ObjectNode> all = new ArrayList<>();
    for (Annotation annotation : dashboard.annotations()) {
      all.add(
          Json.object(
              "name",
              annotation.name(),
              "datasource",
              datasource(),
              "enable",
              true,
              "hide",
              false,
              "iconColor",
              annotation.color(),
              "expr",
              annotation.query().text(),
              "titleFormat",
              annotation.title(),
              "useValueForTime",
              annotation.timeIsValue()));
    }
    return all;
  }

  private static List<ObjectNode> variables(Dashboard dashboard) {
    List<ObjectNode> all = new ArrayList<>();
    all.add(
        Json.object(
            "name",
            "datasource",
            "label",
            "Data source",
            "type",
            "datasource",
            "query",
            "prometheus",
            "regex",
            "",
            "refresh",
            1,
            "hide",
            0,
            "multi",
            false,
            "includeAll",
            false));
    dashboard.variables().forEach(variable -> all.add(variable(variable)));
    return all;
  }

  private static ObjectNode variable(Variable variable) {
    ObjectNode json =
        Json.object(
            "name",
            variable.name(),
            "label",
            variable.label(),
            "type",
            "query",
            "datasource",
            datasource(),
            "query",
            variable.query(),
            "regex",
            variable.regex(),
            "refresh",
            ON_TIME_CHANGE,
            "sort",
            SORTED_BY_NAME,
            "hide",
            0,
            "multi",
            variable.multi(),
            "includeAll",
            variable.multi());
    variable.all().ifPresent(all -> json.put("allValue", all));
    if (variable.multi()) {
      json.set("current", Json.object("text", Json.array("All"), "value", Json.array("$__all")));
    }
    return json;
  }

  private static List<ObjectNode> panels(Dashboard dashboard) {
    List<ObjectNode> all = new ArrayList<>();
    int id = 1;
    int y = 0;
    for (Row row : dashboard.rows()) {
      all.add(
          Json.object(
              "id",
              id++,
              "type",
              "row",
              "title",
              row.title(),
              "collapsed",
              false,
              "gridPos",
              place(0, y++, COLUMNS, 1),
              "panels",
              Json.array()));
      int x = 0;
      int height = 0;
      for (Panel panel : row.panels()) {
        if (x + panel.width() > COLUMNS) {
          x = 0;
          y += height;
          height = 0;
        }
        all.add(PanelJson.of(panel, id++, place(x, y, panel.width(), panel.height())));
        x += panel.width();
        height = Math.max(height, panel.height());
      }
      y += height;
    }
    return all;
  }

  private static ObjectNode place(int x, int y, int width, int height) {
    return Json.object("x", x, "y", y, "w", width, "h", height);
  }
}
