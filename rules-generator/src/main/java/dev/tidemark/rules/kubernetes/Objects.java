package dev.tidemark.rules.kubernetes;

import dev.tidemark.rules.spec.KubernetesSpec;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** PrometheusRule, ServiceMonitor and ConfigMap: what files would hold, as objects. */
public final class Objects {
  private Objects() {}

  /**
   * A PrometheusRule.
   *
   * @param rules a rule file
   */
  public static Map<String, Object> rules(
      KubernetesSpec spec, String name, Map<String, Object> rules) {
    Map<String, Object> object =
        Manifest.of(
            "monitoring.coreos.com/v1",
            "PrometheusRule",
            name,
            spec.namespace().value(),
            spec.labels());
    object.put("spec", rules);
    return object;
  }

  /**
   * A ConfigMap that Grafana's sidecar finds; the folder is an annotation it may be told to read.
   */
  public static Map<String, Object> dashboard(
      KubernetesSpec spec, String name, String file, String json, String folder) {
    Map<String, Object> object =
        Manifest.of("v1", "ConfigMap", name, spec.namespace().value(), spec.dashboardLabels());
    if (object.get("metadata") instanceof Map<?, ?> metadata && !folder.isEmpty()) {
      Map<String, Object> with = new LinkedHashMap<>();
      metadata.forEach((key, value) -> with.put(String.valueOf(key), value));
      with.put("annotations", Map.of("grafana_folder", folder));
      object.put("metadata", with);
    }
    object.put("data", Map.of(file, json));
    return object;
  }

  /** How Prometheus finds and scrapes the exporter: its labels are the targets', not its own. */
  public static Map<String, Object> exporterMonitor(KubernetesSpec spec, String interval) {
    Map<String, Object> object =
        Manifest.of(
            "monitoring.coreos.com/v1",
            "ServiceMonitor",
            "tidemark-exporter",
            spec.namespace().value(),
            spec.labels());
    KubernetesSpec.ExporterSpec exporter = spec.exporter();
    Map<String, Object> selected = new TreeMap<>();
    exporter.selector().forEach((key, value) -> selected.put(key, value.value()));
    Map<String, Object> monitor = new LinkedHashMap<>();
    monitor.put("namespaceSelector", Map.of("matchNames", List.of(exporter.namespace().value())));
    monitor.put("selector", Map.of("matchLabels", selected));
    Map<String, Object> metrics = endpoint(exporter.port(), "/metrics", interval);
    metrics.put("honorLabels", true);
    metrics.put(
        "relabelings",
        List.of(
            relabeling("replace", "sourceLabels", List.of("__meta_kubernetes_pod_name"))
                .with("targetLabel", "tidemark_replica")
                .map(),
            // series of targets without a pod would otherwise get the exporter's
            relabeling("labeldrop", "regex", "namespace|pod|container|service|endpoint").map()));
    Map<String, Object> self = endpoint(exporter.port(), "/metrics/self", interval);
    self.put(
        "relabelings",
        List.of(
            relabeling("replace", "targetLabel", "job")
                .with("replacement", "tidemark-self")
                .map()));
    monitor.put("endpoints", List.of(metrics, self));
    object.put("spec", monitor);
    return object;
  }

  private static Map<String, Object> endpoint(Placed<String> port, String path, String interval) {
    Map<String, Object> endpoint = new LinkedHashMap<>();
    endpoint.put("port", port.value());
    endpoint.put("path", path);
    endpoint.put("interval", interval);
    return endpoint;
  }

  private record Relabeling(Map<String, Object> map) {
    Relabeling with(String key, Object value) {
      map.put(key, value);
      return this;
    }
  }

  private static Relabeling relabeling(String action, String key, Object value) {
    return new Relabeling(new LinkedHashMap<>()).with("action", action).with(key, value);
  }
}
