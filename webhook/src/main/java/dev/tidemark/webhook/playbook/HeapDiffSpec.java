package dev.tidemark.webhook.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import org.jspecify.annotations.Nullable;

/**
 * Says what grew between two heap profiles of the target.
 *
 * @param top paths, functions and clusters that the report keeps of each
 * @param threshold objects that a path must have gained to be looked at
 */
public record HeapDiffSpec(
    @Default("20") int top, @Default("500") long threshold, @Nullable JsonNode baseline) {
  private static final int MOST = 200;

  public HeapDiffSpec {
    if (baseline != null) {
      throw new IllegalArgumentException(
          "baseline: is not available yet, needs Kubernetes; without it the step takes the episode's"
              + " earlier profile, else the one kept for the target");
    }
    if (top < 1 || top > MOST) {
      throw new IllegalArgumentException("top: 1 to " + MOST);
    }
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold: more than 0");
    }
  }
}
