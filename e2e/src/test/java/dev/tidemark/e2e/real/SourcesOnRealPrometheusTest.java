package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.exporter.ExporterApp;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.toolkit.web.WebOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of a real Prometheus, and one that asks for a client's certificate. */
@NeedsTools
@Timeout(180)
class SourcesOnRealPrometheusTest {
  private static final Path TLS =
      Path.of("../lib/toolkit/src/test/resources/tls").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder = Path.of("");
  private final Http http = new Http();
  private final Ports ports = new Ports();
  private final Processes processes;
  private final Tools tools;

  SourcesOnRealPrometheusTest(Tools tools, @TempDir Path logs) throws IOException {
    this.tools = tools;
    this.processes = Processes.in(logs);
  }

  @AfterEach
  void end() {
    processes.close();
  }

  private Path scraping(int port, String scheme) throws IOException {
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: go
            scheme: %s
            tls_config: {ca_file: '%s/ca.pem', cert_file: '%s/client.pem', key_file: '%s/client.key'}
            static_configs: [{targets: ['localhost:%d']}]
        """
            .formatted(scheme, TLS, TLS, TLS, port));
  }

  private ExporterApp exporter(String sources) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("exporter.yml"),
            sources
                + """
                interval: 1s
                delay: 1s
                history: 1m
                signals: {include: [goroutines]}
                baseline: {lag: 5s, minSamples: 10}
                """);
    ExporterApp app =
        new ExporterApp(
            config,
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            null,
            InstantSource.system());
    app.start();
    return app;
  }

  private String self(ExporterApp app) throws IOException, InterruptedException {
    return http.get("http://127.0.0.1:" + app.addresses().get(0).getPort() + "/metrics/self");
  }

  /** A value of {@code /metrics/self}; 0 where there is none. */
  private double value(ExporterApp app, String metric, String source)
      throws IOException, InterruptedException {
    Matcher line =
        Pattern.compile(
                "(?m)^" + metric + "\\{[^}]*source=\"" + Pattern.quote(source) + "\"[^}]*} (\\S+)$")
            .matcher(self(app));
    return line.find() ? Double.parseDouble(String.valueOf(line.group(1))) : 0;
  }

  @Test
  void one_replica_that_is_killed_and_comes_back_costs_no_slot() throws Exception {
    int one = ports.next();
    int two = ports.next();
    Path config = scraping(two, "http"); // both scrape the second, which lives
    Path data = folder.resolve("one");
    Prometheus first = Prometheus.start(processes, tools, one, config, data, http);
    Prometheus second =
        Prometheus.start(processes, tools, two, config, folder.resolve("two"), http);
    first.awaitReady(PATIENCE);
    second.awaitReady(PATIENCE);
    ExporterApp app =
        exporter(
            "sources: [{name: pair, replicas: ['%s', '%s']}]\n"
                .formatted(first.url(), second.url()));
    try {
      String slot = "tidemark_source_last_slot_timestamp_seconds";
      Await.that(
          "both answer",
          PATIENCE,
          () -> value(app, slot, first.url()) > 0 && value(app, slot, second.url()) > 0);
      Await.that(
          "it judges",
          PATIENCE,
          () -> self(app).contains("tidemark_series{signal=\"goroutines\"} 1.0"));
      first.process().kill();
      Await.that(
          "the loss is counted",
          PATIENCE,
          () -> value(app, "tidemark_source_failures_total", first.url()) > 0);
      double lost = value(app, slot, "pair");
      Await.that("the other teaches on", PATIENCE, () -> value(app, slot, "pair") > lost + 5);
      double silent = value(app, slot, first.url());
      assertThat(silent).isLessThan(value(app, slot, "pair") - 4);

      first.restart(processes, tools, one, config, data);
      first.awaitReady(PATIENCE);
      Await.that("it is asked again", PATIENCE, () -> value(app, slot, first.url()) > silent + 5);
      assertThat(value(app, "tidemark_source_failures_total", "pair")).isZero();
      assertThat(self(app)).contains("tidemark_slots_missed_total 0.0");
    } finally {
      app.close();
    }
  }

  @Test
  void a_source_that_wants_our_certificate_gets_it_once_it_is_there() throws Exception {
    int port = ports.next();
    Path web =
        Files.writeString(
            folder.resolve("web.yml"),
            """
            tls_server_config:
              cert_file: %s/server.pem
              key_file: %s/server.key
              client_ca_file: %s/ca.pem
              client_auth_type: RequireAndVerifyClientCert
            """
                .formatted(TLS, TLS, TLS));
    OwnedProcess prometheus =
        processes.start(
            "prometheus",
            List.of(
                tools.prometheus().toString(),
                "--config.file=" + scraping(port, "https"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.config.file=" + web,
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn"));
    String url = "https://localhost:" + port;
    ExporterApp app =
        exporter(
            "sources: [{url: '%s', tls_config: {ca_file: '%s/ca.pem', cert_file: ours.pem, key_file: ours.key}}]\n"
                .formatted(url, TLS));
    try {
      Await.that(
          "it says that the certificate is missing",
          PATIENCE,
          () -> value(app, "tidemark_source_failures_total", url) > 0,
          prometheus);
      Files.copy(TLS.resolve("client.key"), folder.resolve("ours.key"));
      Files.copy(TLS.resolve("client.pem"), folder.resolve("ours.pem"));
      Await.that(
          "the files are read when they are there",
          PATIENCE,
          () -> self(app).contains("tidemark_series{signal=\"goroutines\"} 1.0"),
          prometheus);
    } finally {
      app.close();
    }
  }
}
