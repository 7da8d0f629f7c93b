package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.engine.Trace;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;
import java.util.List;

/** {@code /api/v1/series/{id}}: a series and what is remembered of it. */
final class HistoryJson {
  /** The parameters, in the order in which they are told. */
  static final List<String> NAMES = List.of("window");

  private HistoryJson() {}

  /**
   * @param window the one to tell; empty for all
   * @throws IllegalArgumentException where there is none of that name
   */
  static ObjectNode of(SeriesView view, SeriesHistory history, String window, Condition condition) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("series", SeriesJson.series(view, condition));
    ArrayNode windows = root.putArray("history");
    for (SeriesHistory.Window each : history.windows()) {
      if (window.isEmpty() || window.equals(name(each))) {
        windows.add(window(each));
      }
    }
    if (windows.isEmpty()) {
      throw Parameters.wrong("window", String.join(" or ", names(history)), window);
    }
    return root;
  }

  static String name(SeriesHistory.Window window) {
    return Outputs.window(window.trace().window());
  }

  static List<String> names(SeriesHistory history) {
    return history.windows().stream().map(HistoryJson::name).toList();
  }

  private static ObjectNode window(SeriesHistory.Window window) {
    Trace trace = window.trace();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("window", name(window));
    node.put("from", trace.values().isEmpty() ? null : SeriesJson.time(trace.firstMillis()));
    node.put("stepSeconds", trace.stepMillis() / 1000.0);
    ArrayNode values = node.putArray("values");
    trace.values().forEach(value -> values.add(SeriesJson.known(value)));
    ArrayNode band = node.putArray("band");
    for (SeriesHistory.BandAt at : window.bands()) {
      ObjectNode one = band.addObject();
      one.put("at", SeriesJson.time(at.timeMillis()));
      one.put("expected", SeriesJson.known(at.expected()));
      one.put("upper", SeriesJson.known(at.upper()));
      one.put("lower", SeriesJson.known(at.lower()));
    }
    return node;
  }
}
