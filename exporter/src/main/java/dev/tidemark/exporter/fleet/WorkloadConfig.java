package dev.tidemark.exporter.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.util.ArrayList;
import java.util.List;

/**
 * What makes targets one workload.
 *
 * @param by {@code auto} (owner, else pod name, else job) or a list of labels
 */
public record WorkloadConfig(@Default("auto") JsonNode by) {
  public WorkloadConfig {
    labels(by);
  }

  /** The labels, empty for {@code auto}. */
  public List<String> labels() {
    return labels(by);
  }

  private static List<String> labels(JsonNode by) {
    if (by.isTextual() && by.textValue().equals("auto")) {
      return List.of();
    }
    if (!by.isArray() || by.isEmpty()) {
      throw new IllegalArgumentException("by: must be auto or a list of labels, found " + by);
    }
    List<String> labels = new ArrayList<>();
    Refusals refusals = new Refusals();
    for (JsonNode label : by) {
      String name = label.isTextual() ? label.textValue() : label.toString();
      refusals.of("by: ", () -> LabelsConfig.checked(name)).ifPresent(labels::add);
    }
    refusals.throwIfAny();
    return labels;
  }
}
