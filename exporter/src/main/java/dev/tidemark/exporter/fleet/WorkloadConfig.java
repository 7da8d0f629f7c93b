package dev.tidemark.exporter.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
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
    List<String> labels = new ArrayList<>();
    for (JsonNode label : by) {
      LabelsConfig.check("by", label.isTextual() ? label.textValue() : label.toString());
      labels.add(label.asText());
    }
    if (!by.isArray() || labels.isEmpty()) {
      throw new IllegalArgumentException("by: must be auto or a list of labels, found " + by);
    }
    return labels;
  }
}
