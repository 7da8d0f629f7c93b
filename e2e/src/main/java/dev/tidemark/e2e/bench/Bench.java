package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The servers of a run: one Prometheus after another on the same port, so that what an exporter
 * learnt from one it goes on with from the next, and the exporter with its storage.
 */
final class Bench implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofSeconds(30);
  static final String METRIC = "go_goroutines";

  /** Samples lie ahead of now, so that there is something to judge without a scrape. */
  private static final Duration AHEAD = Duration.ofHours(2);

  /** What deploy/README.md says of memory and of the heap's share. */
  private static final int MIB = 512;

  private static final int KIB_A_SERIES = 12;
  private static final int KIB = 1024;
  private static final double HEAP_SHARE = 0.7;

  private final Project project;
  private final Tools tools;
  private final Path folder;
  private final Processes processes;
  private final Report report;
  private final Http http = new Http();
  private final int prometheusPort;
  private final int exporterPort;

  Bench(Project project, Tools tools, Path folder, Report report) throws IOException {
    this.project = project;
    this.tools = tools;
    this.folder = folder;
    this.report = report;
    this.processes = Processes.in(folder.resolve("logs"));
    Ports ports = new Ports();
    this.prometheusPort = ports.next();
    this.exporterPort = ports.next();
  }

  Report report() {
    return report;
  }

  Http http() {
    return http;
  }

  Path storage() {
    return folder.resolve("storage");
  }

  /** Starts a Prometheus that has the samples of so many targets. */
  Prometheus prometheus(int targets, Duration history) throws IOException, InterruptedException {
    report.begins(String.format(Locale.ROOT, "writing %,d targets for Prometheus", targets));
    Path data = folder.resolve("data-" + targets);
    delete(data);
    Files.createDirectories(data);
    Instant end = Instant.now().plus(AHEAD);
    Duration span = history.plus(AHEAD).plus(INTERVAL);
    new BenchFleet(targets, List.of(METRIC), end, span, INTERVAL).write(data);
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, "global: {scrape_interval: 1h}\n");
    return Prometheus.start(processes, tools, prometheusPort, config, data, http);
  }

  /** The configuration of the exporter, which decides what a checkpoint is good for. */
  Path config(Duration history) throws IOException {
    return Files.writeString(
        folder.resolve("exporter.yml"),
        """
        sources: [{url: "http://127.0.0.1:%d", timeout: 5m}]
        signals: {include: [goroutines]}
        history: %ds
        limits: {series: 2000000}
        """
            .formatted(prometheusPort, history.toSeconds()));
  }

  /** Starts the exporter with the heap that is documented for so many series. */
  Exporter exporter(Path config, int series) throws IOException {
    Program.Launch launch = new Program.Launch("exporter", config, storage(), exporterPort);
    long begun = System.nanoTime();
    long memory = MIB + series * (long) KIB_A_SERIES / KIB;
    String heap = "-Xmx" + Math.round(HEAP_SHARE * memory) + "m";
    return new Exporter(Program.launched(processes, project, http, launch, heap), this, begun);
  }

  /** Asks what may take minutes. */
  void query(Prometheus prometheus, String expr) throws IOException, InterruptedException {
    String url = prometheus.url() + "/api/v1/query?timeout=5m&query=" + Http.encode(expr);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMinutes(5)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(expr + ": " + response.body());
    }
  }

  /** Ends a server, so that another may take its place. */
  static void stop(Prometheus prometheus) throws IOException, InterruptedException {
    prometheus.process().terminate();
    int unused = prometheus.process().await(60, TimeUnit.SECONDS);
  }

  static void delete(Path data) throws IOException {
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Ends the servers and deletes the samples and what was learnt; logs and figures stay. */
  @Override
  public void close() throws IOException {
    processes.close();
    delete(storage());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path data : files.filter(f -> f.getFileName().toString().startsWith("data-")).toList()) {
        delete(data);
      }
    }
  }
}
