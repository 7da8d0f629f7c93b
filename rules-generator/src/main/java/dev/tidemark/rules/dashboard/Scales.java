package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes the words and colours of values. */
final class Scales {
  private Scales() {}

  static void put(ObjectNode defaults, Scale scale) {
    if (scale != Scale.PLAIN) {
      defaults.set("mappings", mappings(scale));
      defaults.set("thresholds", thresholds(scale));
      defaults.set("color", Json.object("mode", "thresholds"));
    }
  }

  static List<ObjectNode> properties(Scale scale) {
    return scale == Scale.PLAIN
        ? List.of()
        : List.of(
            Styles.property("mappings", mappings(scale)),
            Styles.property("thresholds", thresholds(scale)),
            Styles.property("color", Json.object("mode", "thresholds")),
            Styles.property("custom.cellOptions", Json.object("type", "color-text")));
  }

  private static ArrayNode mappings(Scale scale) {
    ObjectNode words = Json.object();
    int index = 0;
    for (Scale.Step step : scale.steps()) {
      if (!step.text().isEmpty()) {
        words.set(
            Integer.toString(step.value()),
            Json.object("text", step.text(), "color", step.color(), "index", index++));
      }
    }
    return words.isEmpty()
        ? Json.array()
        : Json.array(Json.object("type", "value", "options", words));
  }

  private static ObjectNode thresholds(Scale scale) {
    ArrayNode steps = Json.array();
    for (Scale.Step step : scale.steps()) {
      boolean first = steps.isEmpty();
      ObjectNode json = Json.object("color", step.color());
      // the first holds for everything below the second
      json.set("value", first ? Json.none() : Json.object("v", step.value()).get("v"));
      steps.add(json);
    }
    return Json.object("mode", "absolute", "steps", steps);
  }
}
