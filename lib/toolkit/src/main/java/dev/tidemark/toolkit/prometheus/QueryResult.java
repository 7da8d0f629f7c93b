package dev.tidemark.toolkit.prometheus;

import java.util.List;

/**
 * The answer to an instant query.
 *
 * @param warnings of the server, and of what was left out; an answer with warnings may be partial
 */
public record QueryResult(List<VectorSample> samples, List<String> warnings) {
  public QueryResult {
    samples = List.copyOf(samples);
    warnings = List.copyOf(warnings);
  }
}
