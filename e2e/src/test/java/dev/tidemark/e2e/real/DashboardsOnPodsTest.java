package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.rules.Generator;
import dev.tidemark.rules.spec.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every query of the dashboards of pods, asked of a real Prometheus that a cluster with everything
 * switched on tells, and a real exporter with all outputs: nothing is empty.
 */
@NeedsTools
@NeedsPrograms
@Execution(ExecutionMode.CONCURRENT)
class DashboardsOnPodsTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      defaults: {scrapeInterval: 1s, groupInterval: 1s}
      teams: [{name: pay, receiver: nobody}]
      receivers: [{name: nobody}]
      services:
        - {name: api, team: pay, selector: {namespace: pay}, alerts: [{use: goroutine-leak, for: 1s}]}
        - {name: till, team: pay, selector: {job: till}, alerts: [{use: goroutine-leak}]}
      dashboards: {perTeam: true}
      """;

  private static final String SCRAPES =
      """
      global: {scrape_interval: 1s, evaluation_interval: 1s}
      rule_files: [%1$s/exporter/rules/pay/*.yml, %1$s/promql/rules/pay/*.yml]
      scrape_configs:
        - {job_name: cluster, honor_labels: true, static_configs: [{targets: ['%2$s']}]}
        - job_name: tidemark-exporter
          honor_labels: true
          static_configs: [{targets: ['127.0.0.1:%3$d'], labels: {tidemark_replica: a}}]
        - job_name: tidemark-exporter-self
          metrics_path: /metrics/self
          static_configs: [{targets: ['127.0.0.1:%3$d']}]
      """;

  private static final String EXPORTER =
      """
      sources: [{url: "http://127.0.0.1:%d"}]
      interval: 1s
      delay: 1s
      history: 1h
      signals: {include: [goroutines, heap_live, working_set, rss, memory_limit_ratio]}
      baseline: {lag: 3s, freezeAfter: 5s, freezeCap: 1h, minSamples: 10}
      growth: {horizons: [20s], warmUp: 1s}
      limits: {goroutines: 2000}
      outputs:
        growth: true
        health: true
        forecast: [5s]
        forecastOf: [goroutines, heap_live, memory_limit_ratio]
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void no_panel_is_empty_where_everything_is_switched_on(Tools tools) throws Exception {
    Instant begin = Instant.now();
    Http http = new Http();
    Ports ports = new Ports();
    int prometheusPort = ports.next();
    int exporterPort = ports.next();
    Path generated = generated("exporter", SPEC);
    Path alone = generated("promql", SPEC + "target: {engine: promql}\n");
    try (Processes processes = Processes.in(folder.resolve("logs"));
        ToldCluster cluster = new ToldCluster()) {
      Prometheus prometheus =
          Prometheus.start(
              processes,
              tools,
              prometheusPort,
              write("prometheus.yml", SCRAPES.formatted(folder, cluster.address(), exporterPort)),
              folder.resolve("data"),
              http);
      prometheus.awaitReady(Duration.ofSeconds(30));
      Program exporter =
          Program.start(
              processes,
              Project.find(),
              http,
              new Program.Launch(
                  "exporter",
                  write("exporter.yml", EXPORTER.formatted(prometheusPort)),
                  folder.resolve("state"),
                  exporterPort));
      Await.that(
          "the leak is confirmed, foreseen and told",
          Duration.ofSeconds(150),
          () ->
              prometheus.value("tidemark_leak_state{signal=\"goroutines\"} == 2").isPresent()
                  && prometheus.value("tidemark_time_to_limit_seconds").isPresent()
                  && prometheus.value("tidemark_trouble == 1").isPresent()
                  && prometheus.value("ALERTS{alertstate=\"firing\"} offset 4s").isPresent(),
          prometheus.process(),
          exporter.process());
      asked(http, prometheus.url(), begin, DashboardQueries.read(generated.resolve("dashboards")));
      askedAlone(http, prometheus.url(), begin, DashboardQueries.read(alone.resolve("dashboards")));
    }
  }

  private static void asked(
      Http http, String url, Instant begin, SortedMap<String, JsonNode> dashboards)
      throws Exception {
    dashboards.remove("Tidemark remediation"); // there is no webhook here; the demo has one
    assertThat(dashboards).hasSize(7);
    DashboardQueries all = queries(http, url, begin, ".*", ".*", ".*");
    JsonNode workload = Objects.requireNonNull(dashboards.get("Go workload"));
    assertThat(all.choices(workload, "namespace")).containsExactly("pay");
    assertThat(all.choices(workload, "workload")).containsExactlyInAnyOrder("api", "till");
    assertThat(queries(http, url, begin, "pay", "api", ".*").choices(workload, "pod"))
        .hasSize(2)
        .contains(ToldCluster.LEAKING);
    assertThat(queries(http, url, begin, ".*", "till", ".*").choices(workload, "pod"))
        .containsExactly("10.0.1.1:9000");
    List<String> empty = new ArrayList<>();
    List<String> unmarked = new ArrayList<>();
    for (JsonNode dashboard : dashboards.values()) {
      empty.addAll(all.empty(dashboard));
      unmarked.addAll(all.unmarked(dashboard));
    }
    assertThat(empty).isEmpty();
    assertThat(unmarked)
        .containsExactlyInAnyOrder(
            "Go workload @ Remediations",
            "Go instance @ Remediations",
            "Go GC and scheduler @ Remediations");
    DashboardQueries one = queries(http, url, begin, "pay", "api", ToldCluster.LEAKING);
    assertThat(one.empty(Objects.requireNonNull(dashboards.get("Go instance")))).isEmpty();
    DashboardQueries process = queries(http, url, begin, ".*", "till", "10.0.1.1:9000");
    assertThat(process.empty(Objects.requireNonNull(dashboards.get("Go instance"))))
        .containsExactlyInAnyOrder(
            "Go instance / Memory charged to it / limit",
            "Go instance / Time to limit / {{signal}}",
            "Go instance / Memory used of the container's limit, and its forecast / now",
            "Go instance / Memory used of the container's limit, and its forecast / in {{horizon}}");
  }

  /** The dashboards without the exporter; what was yesterday nobody can know yet. */
  private static void askedAlone(
      Http http, String url, Instant begin, SortedMap<String, JsonNode> dashboards)
      throws Exception {
    dashboards.remove("Tidemark remediation");
    assertThat(dashboards.keySet())
        .containsExactly(
            "Go GC and scheduler",
            "Go fleet",
            "Go fleet: pay",
            "Go instance",
            "Go metric coverage",
            "Go workload");
    DashboardQueries all = queries(http, url, begin, ".*", ".*", ".*");
    JsonNode workload = Objects.requireNonNull(dashboards.get("Go workload"));
    assertThat(all.choices(workload, "workload")).containsExactlyInAnyOrder("api", "till");
    List<String> empty = new ArrayList<>();
    for (JsonNode dashboard : dashboards.values()) {
      empty.addAll(all.empty(dashboard));
    }
    assertThat(empty)
        .containsExactlyInAnyOrder(
            "Go instance / Goroutines / most about this time yesterday",
            "Go workload / Goroutines, and how long they wait for a CPU / most about this time"
                + " yesterday");
  }

  private static DashboardQueries queries(
      Http http, String url, Instant begin, String namespace, String workload, String pod) {
    return new DashboardQueries(
        http,
        url,
        Map.of(
            "cluster",
            ".*",
            "namespace",
            namespace,
            "workload",
            workload,
            "pod",
            pod,
            "job",
            ".+",
            "instance",
            ".+"),
        begin,
        Instant.now());
  }

  private Path generated(String name, String spec) throws Exception {
    Path generated = folder.resolve(name);
    SortedMap<String, byte[]> files =
        Generator.generate(List.of(new SpecText("spec.yaml", spec)), (all, target) -> List.of())
            .files();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = generated.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return generated;
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
