package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two exporters side by side on one Prometheus, scraped as deploy/README.md says, and the rules
 * that the generator makes for them.
 */
@NeedsTools
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class TwoExportersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String FIRING =
      "ALERTS{alertname=\"GoGoroutineLeak\",alertstate=\"firing\"}";

  @TempDir Path folder = Path.of("");
  private final Project project = Project.find();
  private final Http http = new Http();
  private final Ports ports = new Ports();
  private final Processes processes;
  private final Tools tools;

  TwoExportersTest(Tools tools, @TempDir Path logs) throws IOException {
    this.tools = tools;
    this.processes = Processes.in(logs);
  }

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void both_see_a_leak_as_one_alert_that_outlives_either_of_them() throws Exception {
    int a = ports.next();
    int b = ports.next();
    GoService.Built built = GoService.build(processes, tools, project, http);
    GoService service = new GoService(built, "orders", ports.next(), 50);
    service.awaitReady(PATIENCE);
    generateRules();
    int port = ports.next();
    Prometheus prometheus =
        Prometheus.start(
            processes, tools, port, scraping(service, a, b), folder.resolve("tsdb"), http);
    prometheus.awaitReady(PATIENCE);
    Program first = exporter(prometheus, "a", a);
    Program second = exporter(prometheus, "b", b);
    first.awaitReady(PATIENCE);
    second.awaitReady(PATIENCE);
    Await.that(
        "both show the service, each as its own series",
        PATIENCE,
        () -> is(prometheus, 2, "count(tidemark_leak_state{signal=\"goroutines\",job=\"orders\"})"),
        prometheus.process());

    service.behave("leak=40");
    Await.that(
        "the leak fires",
        PATIENCE,
        () -> !prometheus.query(FIRING).isEmpty(),
        first.process(),
        second.process());
    assertThat(prometheus.query(FIRING))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.label("instance")).isEqualTo(service.instance());
              assertThat(alert.label("job")).isEqualTo("orders");
              assertThat(alert.labels()).doesNotContainKey("tidemark_replica");
            });

    first.kill();
    Await.that(
        "what the killed exporter said is gone",
        PATIENCE,
        () -> is(prometheus, 1, "count(tidemark_leak_state{signal=\"goroutines\",job=\"orders\"})"),
        second.process());
    first.startAgain();
    Await.that(
        "it is back, and knows the leak again",
        PATIENCE,
        () ->
            is(
                prometheus,
                2,
                "count(tidemark_leak_state{signal=\"goroutines\",job=\"orders\"} == 2)"),
        first.process(),
        second.process());
    assertThat(prometheus.query(FIRING)).hasSize(1);
    assertThat(prometheus.value("max(changes(" + FIRING + "[5m]))"))
        .as("it fired all the time: no gap, no second alert")
        .contains(0.0);
    assertThat(prometheus.value("count(count_over_time(" + FIRING + "[5m]))")).contains(1.0);
    assertThat(
            prometheus.value(
                "max(resets(ALERTS_FOR_STATE[5m])) + max(changes(ALERTS_FOR_STATE[5m]))"))
        .as("the alert was never started anew")
        .contains(0.0);
  }

  private static boolean is(Prometheus prometheus, double wanted, String expr) throws Exception {
    return prometheus.value(expr).filter(value -> value == wanted).isPresent();
  }

  private Program exporter(Prometheus prometheus, String name, int port) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(name + ".yml"),
            """
            sources: [{url: "%s"}]
            targets: {match: ['{job="orders"}']}
            interval: 1s
            delay: 1s
            history: 1h
            signals: {include: [goroutines]}
            baseline: {lag: 30s, freezeAfter: 10s, freezeCap: 1h, minSamples: 10}
            growth: {horizons: [1m], warmUp: 5s}
            limits: {goroutines: 5000}
            """
                .formatted(prometheus.url()));
    return Program.start(
        processes,
        project,
        http,
        new Program.Launch("exporter", config, folder.resolve(name), port));
  }

  private Path scraping(GoService service, int a, int b) throws IOException {
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ['%s/generated/rules/shop/*.yml']
        scrape_configs:
          - job_name: orders
            static_configs: [{targets: ['%s']}]
          - job_name: tidemark
            honor_labels: true
            static_configs:
              - {targets: ['127.0.0.1:%d'], labels: {tidemark_replica: a}}
              - {targets: ['127.0.0.1:%d'], labels: {tidemark_replica: b}}
        """
            .formatted(folder, service.instance(), a, b));
  }

  private void generateRules() throws IOException, InterruptedException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            apiVersion: tidemark/v1
            target: {prometheus: "2.42", alertmanager: "0.25", engine: exporter}
            defaults: {scrapeInterval: 1s, groupInterval: 1s}
            teams: [{name: shop, receiver: nobody}]
            receivers: [{name: nobody}]
            services:
              - name: orders
                team: shop
                selector: {job: orders}
                identity: [job, instance]
                alerts: [{use: goroutine-leak, for: 3s, keepFiringFor: 5s}]
            """);
    List<String> generate = new ArrayList<>(project.java("rules"));
    generate.addAll(List.of("generate", "--spec", spec.toString(), "--out", folder + "/generated"));
    OwnedProcess rules = processes.start("rules", generate);
    assertThat(rules.await(60, TimeUnit.SECONDS)).as(() -> rules.tail(20)).isZero();
  }
}
