package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.Main;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard, asked of the demo's Prometheus once its story is told: nothing is
 * empty but what has to be switched on, and what there was nothing of.
 */
@NeedsTools
@NeedsPrograms
class DashboardsOnDemoTest {
  /**
   * What client_golang has to be told to expose, GOMEMLIMIT, which the demo's services have not
   * set, and outputs that the demo's exporter is not asked for.
   */
  private static final List<String> SWITCHED_OFF =
      List.of(
          "Go GC and scheduler / CPU of the collector / {{pod}} {{container}}",
          "Go GC and scheduler / Memory used of GOMEMLIMIT / {{pod}} {{container}}",
          "Go GC and scheduler / Scheduler latency, 99th percentile / {{pod}} {{container}}",
          "Go GC and scheduler / Waiting for locks / {{pod}} {{container}}",
          "Go GC and scheduler / Goroutines started a second / {{pod}} {{container}}",
          "Go instance / Goroutines / scheduler latency P99",
          "Go instance / Live heap / limit",
          "Go instance / Resident memory / upper",
          "Go instance / Resident memory / expected",
          "Go instance / Growth / live heap {{horizon}}",
          "Go instance / Forecast / goroutines in {{horizon}}",
          "Go instance / Forecast / live heap in {{horizon}}",
          "Go instance / Health / score",
          "Go instance / Health / {{part}}",
          "Go metric coverage / Share of instances that expose each group / B",
          "Go metric coverage / Share of instances that expose each group / C",
          "Go metric coverage / Share of instances that expose each group / D",
          "Go metric coverage / Share of instances that expose each group / E",
          "Go metric coverage / Share of instances that expose each group / F",
          "Go metric coverage / Share of instances that expose each group / G",
          "Go workload / Goroutines, and how long they wait for a CPU / P99 {{pod}} {{container}}",
          "Go workload / Growth / heap {{pod}} {{container}} {{horizon}}",
          "Go workload / Memory used of GOMEMLIMIT / {{pod}} {{container}}");

  @TempDir Path folder = Path.of("");

  @Test
  void no_panel_is_empty_but_what_has_to_be_switched_on() throws Exception {
    Instant begin = Instant.now();
    try (Processes processes = Processes.in(folder)) {
      OwnedProcess demo = processes.start("demo", command());
      Await.that(
          "the demo is told",
          Duration.ofSeconds(280),
          () -> demo.tail(20).contains("Left running until Ctrl-C"),
          demo);
      String said = demo.tail(300);
      String prometheus = group(said, "Prometheus +(http://[0-9.:]+)/alerts");
      Path run = Path.of(group(said, "logs: ([^)\\n]+)")).resolveSibling("");
      SortedMap<String, JsonNode> dashboards =
          DashboardQueries.read(run.resolve("generated/dashboards"));
      assertThat(dashboards).hasSize(7);
      Http http = new Http();
      DashboardQueries whole = queries(http, prometheus, begin, ".*", ".*");
      JsonNode workload = Objects.requireNonNull(dashboards.get("Go workload"));
      assertThat(whole.choices(workload, "workload")).contains("orders", "search", "catalog");
      List<String> instances =
          queries(http, prometheus, begin, "orders", ".*").choices(workload, "pod");
      assertThat(instances).hasSize(1).allMatch(i -> i.startsWith("127.0.0.1:"));
      DashboardQueries orders = queries(http, prometheus, begin, "orders", instances.get(0));
      List<String> empty = new ArrayList<>();
      List<String> unmarked = new ArrayList<>();
      for (JsonNode dashboard : dashboards.values()) {
        empty.addAll(orders.empty(dashboard));
        unmarked.addAll(orders.unmarked(dashboard));
      }
      demo.terminate();
      int unused = demo.await(30, TimeUnit.SECONDS);
      assertThat(empty).containsExactlyInAnyOrderElementsOf(SWITCHED_OFF);
      assertThat(unmarked).isEmpty();
      for (JsonNode dashboard : dashboards.values()) {
        for (JsonNode panel : dashboard.path("panels")) {
          String name = dashboard.path("title").asText() + " / " + panel.path("title").asText();
          boolean isEmpty = empty.stream().anyMatch(query -> query.startsWith(name + " / "));
          if (isEmpty && panel.has("targets")) {
            assertThat(panel.path("description").asText())
                .as(name)
                .contains("Has to be switched on: ");
          }
        }
      }
    }
  }

  private static DashboardQueries queries(
      Http http, String prometheus, Instant begin, String workload, String pod) {
    return new DashboardQueries(
        http,
        prometheus,
        Map.of("cluster", ".*", "workload", workload, "pod", pod, "job", ".+", "instance", ".+"),
        begin,
        Instant.now());
  }

  private static String group(String text, String regex) throws IOException {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    if (!matcher.find()) {
      throw new IOException("no " + regex + " in\n" + text);
    }
    return matcher.group(1);
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "demo",
        "--keep");
  }
}
