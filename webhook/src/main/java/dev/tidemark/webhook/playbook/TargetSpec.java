package dev.tidemark.webhook.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import org.jspecify.annotations.Nullable;

/**
 * What a playbook acts on.
 *
 * @param name the target's name in the configuration; null: the one whose labels the alert has
 */
public record TargetSpec(
    Kind kind,
    @Nullable String name,
    @Nullable JsonNode allowNamespaces,
    @Nullable JsonNode selector,
    @Default("refuse") OnTruncated onTruncated) {

  /** What kind of thing it is. */
  public enum Kind {
    @Key("Static")
    STATIC,
    @Key("Pod")
    POD
  }

  /** What to do when the notification left out alerts. */
  public enum OnTruncated {
    REFUSE,
    FETCH
  }

  public TargetSpec {
    if (kind == Kind.POD) {
      throw new IllegalArgumentException(
          "kind: Pod is not available yet (it needs Kubernetes); use kind: Static and list the target in the configuration");
    }
    if (allowNamespaces != null) {
      throw new IllegalArgumentException(
          "allowNamespaces: is for kind Pod, which is not available yet");
    }
    if (selector != null) {
      throw new IllegalArgumentException("selector: is for kind Pod, which is not available yet");
    }
    if (onTruncated == OnTruncated.FETCH) {
      throw new IllegalArgumentException("onTruncated: fetch is not available yet; use refuse");
    }
  }
}
