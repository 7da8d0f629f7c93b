package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Map;

/**
 * How objects for the Prometheus Operator are to look, with {@code output: prometheus-rule}.
 *
 * @param namespace where the objects live
 * @param labels what the selectors of Prometheus want of rules and monitors
 * @param alertmanagerLabels what the selector of Alertmanager wants of its configuration
 * @param dashboardLabels what Grafana's sidecar looks for
 */
public record KubernetesSpec(
    @Default("monitoring") Placed<String> namespace,
    @Default("{release: prometheus}") Map<String, Placed<String>> labels,
    @Default("{alertmanagerConfig: tidemark}") Map<String, Placed<String>> alertmanagerLabels,
    @Default("{grafana_dashboard: '1'}") Map<String, Placed<String>> dashboardLabels,
    @Default("{}") ExporterSpec exporter) {
  /** Where the exporter runs; without one there is no monitor. */
  public record ExporterSpec(
      @Default("tidemark") Placed<String> namespace,
      @Default("{app.kubernetes.io/name: tidemark-exporter}") Map<String, Placed<String>> selector,
      @Default("http") Placed<String> port) {}
}
