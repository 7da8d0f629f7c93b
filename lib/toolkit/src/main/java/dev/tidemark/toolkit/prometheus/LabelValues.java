package dev.tidemark.toolkit.prometheus;

import java.util.List;

/**
 * The values of a label.
 *
 * @param warnings of the server; values with warnings may be partial
 */
public record LabelValues(List<String> values, List<String> warnings) {
  public LabelValues {
    values = List.copyOf(values);
    warnings = List.copyOf(warnings);
  }
}
