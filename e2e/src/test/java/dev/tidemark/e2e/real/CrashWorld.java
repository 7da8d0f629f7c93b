package dev.tidemark.e2e.real;

import dev.tidemark.e2e.process.Ports;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real Prometheus, Alertmanager and Go service for many webhooks, each with its own route,
 * journal and thing to restart. Thread-safe once made.
 */
final class CrashWorld implements AutoCloseable {
  static final String ALERT = "GoGoroutineLeak";

  private final Path folder;
  private final Project project = Project.find();
  private final Http http = new Http();
  private final Processes processes;
  private final Supervisor supervisor;
  private final Alertmanager alertmanager;
  private final Prometheus prometheus;
  private final GoService service;
  private final Map<String, Integer> webhookPorts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> restarts = new ConcurrentHashMap<>();

  CrashWorld(Path folder, Tools tools, List<String> cases) throws Exception {
    this.folder = folder;
    this.processes = Processes.in(folder.resolve("logs"));
    this.supervisor = Supervisor.start(0);
    Ports ports = new Ports();
    for (String name : cases) {
      webhookPorts.put(name, ports.next());
    }
    GoService.Built built = GoService.build(processes, tools, project, http);
    this.service = new GoService(built, "orders", ports.next(), 50);
    service.awaitReady(Duration.ofSeconds(15));
    this.prometheus =
        Prometheus.start(
            processes, tools, ports.next(), prometheusConfig(), folder.resolve("tsdb"), http);
    this.alertmanager =
        Alertmanager.start(
            processes, tools, ports.next(), alertmanagerConfig(), folder.resolve("am"), http);
    prometheus.awaitReady(Duration.ofSeconds(30));
    alertmanager.awaitReady(Duration.ofSeconds(30));
  }

  private Path prometheusConfig() throws IOException {
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: orders
            static_configs: [{targets: ['%s']}]
        """
            .formatted(service.instance()));
  }

  private Path alertmanagerConfig() throws IOException {
    StringBuilder routes = new StringBuilder();
    StringBuilder receivers = new StringBuilder();
    webhookPorts.forEach(
        (name, port) -> {
          routes.append("    - {matchers: ['scene=\"%s\"'], receiver: %s}\n".formatted(name, name));
          receivers.append(
              "  - {name: %s, webhook_configs: [{url: 'http://127.0.0.1:%d/api/v1/alertmanager'}]}\n"
                  .formatted(name, port));
        });
    return Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: nobody
          group_by: [scene]
          group_wait: 1s
          group_interval: 1s
          repeat_interval: 1h
          routes:
        %sreceivers:
          - name: nobody
        %s"""
            .formatted(routes, receivers));
  }

  /** A webhook of its own for this case; it restarts what only counts how often it is asked. */
  Program webhook(String name, String... flags) throws IOException {
    restarts.put(name, new AtomicInteger());
    supervisor.own(name, () -> restarts(name).incrementAndGet());
    Path own = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        own.resolve("playbook.yml"),
        """
        apiVersion: tidemark/v1
        kind: Playbook
        metadata: {name: restart, owner: tests}
        mode: auto
        match: {alerts: ['alertname="GoGoroutineLeak"']}
        target: {kind: Static, name: orders}
        policy: {freshness: {recheck: [alertmanager]}}
        steps:
          - pprof: {profiles: ['goroutine?debug=1']}
          - diagnose: {}
          - http:
              url: '%1$s/restart/%2$s'
              settle: {url: '%1$s/restarts/$stepId'}
        verify:
          initialDelay: 500ms
          checks:
            - promql: {expr: 'up{job="orders"}', success: 'result == 1', interval: 500ms, consecutiveSuccess: 2}
        """
            .formatted(supervisor.url(), name));
    Path config =
        Files.writeString(
            own.resolve("webhook.yml"),
            """
            cluster: tests
            playbooks: [playbook.yml]
            alertmanager: '%s'
            prometheus: '%s'
            targets: [{name: orders, pprof: '%s/debug/pprof', labels: {job: orders}}]
            """
                .formatted(alertmanager.url(), prometheus.url(), service.url()));
    Program.Launch launch =
        new Program.Launch(
            "webhook", config, own.resolve("data"), webhookPorts.getOrDefault(name, 0));
    return Program.start(processes, project, http, launch, flags);
  }

  AtomicInteger restarts(String name) {
    return restarts.getOrDefault(name, new AtomicInteger());
  }

  Http http() {
    return http;
  }

  void fire(String name) throws IOException, InterruptedException {
    post(name, Instant.now().plusSeconds(3600));
  }

  void resolve(String name) throws IOException, InterruptedException {
    post(name, Instant.now().minusSeconds(1));
  }

  private void post(String name, Instant endsAt) throws IOException, InterruptedException {
    String body =
        """
        [{"labels": {"alertname": "%s", "job": "orders", "instance": "%s", "scene": "%s"},
          "startsAt": "%s", "endsAt": "%s"}]
        """
            .formatted(ALERT, service.instance(), name, Instant.now().minusSeconds(60), endsAt);
    String unused =
        http.post(alertmanager.url() + "/api/v2/alerts", body, "Content-Type", "application/json");
  }

  @Override
  public void close() {
    supervisor.close();
    processes.close();
  }
}
