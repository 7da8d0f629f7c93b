package dev.tidemark.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The autoscaler asks for what the adapter makes of what the exporter exposes. */
class AutoscalerTest {
  private static final Path DIRECTORY =
      Project.find().root().resolve("deploy").resolve("kubernetes");

  private static JsonNode yaml(String file) throws Exception {
    return StrictYaml.read(DIRECTORY.resolve(file), JsonNode.class);
  }

  @Test
  void the_adapters_rule_reads_the_metric_that_the_exporter_exposes() throws Exception {
    String metric = MetricNames.forecast(Catalogue.load().find("memory_limit_ratio").orElseThrow());
    JsonNode rule = yaml("prometheus-adapter.yaml").path("rules").path(0);
    assertThat(rule.path("seriesQuery").asText())
        .startsWith(metric + "{")
        .contains("horizon=\"5m\"");
    assertThat(rule.path("name").path("matches").asText()).isEqualTo("^" + metric + "$");
    assertThat(rule.path("metricsQuery").asText())
        .isEqualTo("max by (<<.GroupBy>>) (<<.Series>>{<<.LabelMatchers>>,horizon=\"5m\"})");
    assertThat(rule.path("resources").path("overrides").path("pod").path("resource").asText())
        .isEqualTo("pod");
  }

  @Test
  void the_autoscaler_asks_the_adapter_and_aims_at_three_quarters() throws Exception {
    JsonNode autoscaler = yaml("hpa.yaml");
    assertThat(autoscaler.path("apiVersion").asText()).isEqualTo("autoscaling/v2");
    assertThat(autoscaler.path("kind").asText()).isEqualTo("HorizontalPodAutoscaler");
    JsonNode metric = autoscaler.path("spec").path("metrics").path(0);
    assertThat(metric.path("type").asText()).isEqualTo("Pods");
    assertThat(metric.path("pods").path("metric").path("name").asText())
        .isEqualTo(
            yaml("prometheus-adapter.yaml").path("rules").path(0).path("name").path("as").asText());
    assertThat(metric.path("pods").path("target").path("type").asText()).isEqualTo("AverageValue");
    assertThat(metric.path("pods").path("target").path("averageValue").asText()).isEqualTo("750m");
  }
}
