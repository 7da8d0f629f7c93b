package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.history.History;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Alertmanager;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.e2e.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Everything one run needs, real and on loopback: started in the order data flows, ended by
 * closing. Only closing may come from another thread.
 */
final class Lab implements AutoCloseable {
  static final Duration HISTORY = Duration.ofDays(7);

  private final Project project;
  private final Tools tools;
  private final RunFolder folder;
  private final DemoPorts ports;
  private final Processes processes;
  private final Http http = new Http();
  private final Supervisor supervisor;

  Lab(Project project, Tools tools, RunFolder folder) throws IOException {
    this.project = project;
    this.tools = tools;
    this.folder = folder;
    this.ports = DemoPorts.choose();
    this.processes = Processes.in(folder.in("logs"));
    this.supervisor = Supervisor.start(ports.supervisor());
  }

  Http http() {
    return http;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Path logs() {
    return folder.in("logs");
  }

  /** Where the webhook keeps its journal and the evidence. */
  Path webhookData() {
    return folder.in("webhook");
  }

  GoService.Built buildService() throws IOException, InterruptedException {
    return GoService.build(processes, tools, project, http);
  }

  Fleet startFleet(GoService.Built built)
      throws IOException, Await.NotReached, InterruptedException {
    Fleet fleet = Fleet.start(built, ports);
    fleet.awaitReady();
    return fleet;
  }

  /** Fills the files of e2e/demo in and lets the rules generator write rules and routes. */
  void configure() throws IOException, InterruptedException {
    Map<String, String> values = new HashMap<>(ports.names());
    values.put("RUN", folder.path().toString());
    for (String name :
        List.of(
            "prometheus.yml",
            "static-rules.yml",
            "spec.yaml",
            "exporter.yml",
            "webhook.yml",
            "playbook.yml")) {
      var unused = Template.fill(project.e2e("demo/" + name), folder.in(name), values);
    }
    List<String> generate = new ArrayList<>(project.java("rules", "-XX:TieredStopAtLevel=1"));
    generate.addAll(
        List.of(
            "generate",
            "--spec",
            folder.in("spec.yaml").toString(),
            "--out",
            folder.in("generated").toString()));
    OwnedProcess rules = processes.start("rules-generate", generate);
    if (rules.await(30, TimeUnit.SECONDS) != 0) {
      throw new IOException("rules generate failed:\n" + rules.tail(20));
    }
  }

  /** Seven days of healthy past for the fleet, up to now. */
  void writeHistory(Fleet fleet) throws IOException, InterruptedException {
    Instant end = Instant.now().minusSeconds(1);
    Path text = folder.in("history.om");
    new History(end, HISTORY, Duration.ofSeconds(60)).write(text, fleet.past(http, end));
    History.createBlocks(processes, tools, text, folder.in("prometheus"));
    Files.delete(text);
  }

  Prometheus startPrometheus() throws IOException, Await.NotReached, InterruptedException {
    Prometheus prometheus =
        Prometheus.start(
            processes,
            tools,
            ports.prometheus(),
            folder.in("prometheus.yml"),
            folder.in("prometheus"),
            http);
    prometheus.awaitReady(Duration.ofSeconds(30));
    return prometheus;
  }

  Alertmanager startAlertmanager() throws IOException, Await.NotReached, InterruptedException {
    Alertmanager alertmanager =
        Alertmanager.start(
            processes,
            tools,
            ports.alertmanager(),
            folder.in("generated/alertmanager/alertmanager.yml"),
            folder.in("alertmanager"),
            http);
    alertmanager.awaitReady(Duration.ofSeconds(15));
    return alertmanager;
  }

  Program startExporter() throws IOException {
    return Program.start(
        processes,
        project,
        http,
        new Program.Launch(
            "exporter", folder.in("exporter.yml"), folder.in("exporter"), ports.exporter()));
  }

  Program startWebhook(String... flags) throws IOException {
    return Program.start(
        processes,
        project,
        http,
        new Program.Launch("webhook", folder.in("webhook.yml"), webhookData(), ports.webhook()),
        flags);
  }

  @Override
  public void close() {
    supervisor.close();
    processes.close();
  }
}
