package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What of a panel's look is different for the series of one target. */
final class Styles {
  private Styles() {}

  static List<ObjectNode> of(Panel panel, Target target) {
    List<ObjectNode> properties = new ArrayList<>();
    if (!target.unit().isEmpty()) {
      properties.add(property("unit", target.unit()));
    }
    switch (target.style()) {
      case LINE -> {}
      case RIGHT -> {
        properties.add(property("custom.axisPlacement", "right"));
        properties.add(dashes(2, 4));
      }
      case EXPECTED -> {
        properties.add(color("green"));
        properties.add(dashes(8, 6));
      }
      case UPPER -> {
        properties.add(color("light-blue"));
        floor(panel).forEach(name -> properties.add(property("custom.fillBelowTo", name)));
        properties.add(property("custom.fillOpacity", 12));
      }
      case LOWER -> properties.add(color("light-blue"));
      case LIMIT -> {
        properties.add(color("red"));
        properties.add(dashes(10, 10));
      }
    }
    return properties;
  }

  static ObjectNode property(String id, Object value) {
    return Json.object("id", id, "value", value);
  }

  /** What a band is filled down to: its lower edge, else the line in it. */
  private static Stream<String> floor(Panel panel) {
    return Stream.of(Style.LOWER, Style.EXPECTED)
        .flatMap(style -> panel.targets().stream().filter(t -> t.style() == style))
        .map(Target::legend)
        .limit(1);
  }

  private static ObjectNode color(String name) {
    return property("color", Json.object("mode", "fixed", "fixedColor", name));
  }

  private static ObjectNode dashes(int line, int gap) {
    return property("custom.lineStyle", Json.object("fill", "dash", "dash", Json.array(line, gap)));
  }
}
