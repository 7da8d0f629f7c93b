package dev.tidemark.rules.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a specification says under {@code with}, read strictly. */
final class Parameters {
  private final Map<String, Placed<JsonNode>> said;
  private final Complaints complaints;
  private final Set<String> known = new TreeSet<>();

  Parameters(Map<String, Placed<JsonNode>> said, Complaints complaints) {
    this.said = said;
    this.complaints = complaints;
  }

  Duration duration(String key, Duration otherwise) {
    known.add(key);
    Placed<JsonNode> value = said.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return PromDuration.parse(value.value().asText());
    } catch (IllegalArgumentException e) {
      complaints.add(value, key + ": " + e.getMessage());
      return otherwise;
    }
  }

  /** A share between two bounds, both allowed. */
  double share(String key, double otherwise, double least, double most) {
    known.add(key);
    Placed<JsonNode> value = said.get(key);
    if (value == null) {
      return otherwise;
    }
    double share = value.value().isNumber() ? value.value().doubleValue() : Double.NaN;
    if (share >= least && share <= most) {
      return share;
    }
    complaints.add(
        value,
        key + ": found " + Shown.text(value.value().asText()) + ", needs " + least + " to " + most);
    return otherwise;
  }

  /** Takes only this word; another choice would be one that is not there. */
  void only(String key, String word, String why) {
    known.add(key);
    Placed<JsonNode> value = said.get(key);
    if (value != null && !value.value().asText().equals(word)) {
      complaints.add(
          value, key + ": found " + Shown.text(value.value().asText()) + ", needs " + word + why);
    }
  }

  /** Tells what is wrong with the alert as a whole. */
  void refuse(Place place, String why) {
    complaints.add(place, why);
  }

  /** Tells the parameters nobody asked for. */
  void finish(String id) {
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
