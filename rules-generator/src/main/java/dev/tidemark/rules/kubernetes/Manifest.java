package dev.tidemark.rules.kubernetes;

import dev.tidemark.toolkit.yaml.Placed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What all objects have in common. */
final class Manifest {
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private Manifest() {}

  static Map<String, Object> of(
      String apiVersion,
      String kind,
      String name,
      String namespace,
      Map<String, Placed<String>> labels) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    Map<String, Object> all = new TreeMap<>();
    all.put(MANAGED_BY, "tidemark");
    labels.forEach((key, value) -> all.put(key, value.value()));
    metadata.put("labels", all);
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("apiVersion", apiVersion);
    manifest.put("kind", kind);
    manifest.put("metadata", metadata);
    return manifest;
  }
}
