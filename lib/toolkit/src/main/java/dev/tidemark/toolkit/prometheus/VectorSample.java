package dev.tidemark.toolkit.prometheus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One sample of an instant query. A scalar has no labels.
 *
 * @param value may be NaN or infinite, as the server said
 */
public record VectorSample(Map<String, String> labels, long timestampMillis, double value) {
  public VectorSample {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
