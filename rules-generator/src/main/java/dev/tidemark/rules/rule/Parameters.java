package dev.tidemark.rules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a specification says under {@code with}, read strictly. */
public final class Parameters {
  private final Map<String, Placed<JsonNode>> said;
  private final Complaints complaints;
  private final SortedMap<String, Setting> settings = new TreeMap<>();

  Parameters(Map<String, Placed<JsonNode>> said, Complaints complaints) {
    this.said = said;
    this.complaints = complaints;
  }

  /** The value, or the default where nothing or something wrong is said. */
  public <T> T get(Parameter<T> parameter) {
    Placed<JsonNode> value = said.get(parameter.name());
    settings.put(parameter.name(), new Setting(parameter.shown(), Setting.From.DEFAULT));
    if (value == null) {
      return parameter.otherwise();
    }
    try {
      settings.put(parameter.name(), new Setting(value.value().asText(), Setting.From.SPEC));
      return parameter.read().apply(value.value());
    } catch (IllegalArgumentException e) {
      complaints.add(value, parameter.name() + ": " + e.getMessage());
      return parameter.otherwise();
    }
  }

  /** What was asked for so far, and where it came from. */
  SortedMap<String, Setting> settings() {
    return settings;
  }

  /** Tells what is wrong with a parameter beside others, or where nobody said it, the alert. */
  public void refuse(Parameter<?> parameter, Place alert, String why) {
    Placed<JsonNode> value = said.get(parameter.name());
    complaints.add(value == null ? alert : value.place(), parameter.name() + ": " + why);
  }

  /** Tells what is wrong with the alert as a whole. */
  public void refuse(Place place, String why) {
    complaints.add(place, why);
  }

  /** Tells the parameters that the alert does not have. */
  void only(String id, List<Parameter<?>> parameters) {
    List<String> known = parameters.stream().map(Parameter::name).sorted().toList();
    said.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            String hint =
                Nearest.of(key, known)
                    .map(near -> ", did you mean " + near + "?")
                    .orElse(known.isEmpty() ? "" : ", known here: " + String.join(", ", known));
            complaints.add(value, id + " has no parameter " + Shown.text(key) + hint);
          }
        });
  }
}
