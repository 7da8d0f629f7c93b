package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Plays a scene: a Prometheus with a history, the exporter that learns it, and what both cost. */
final class ExporterBench {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  /** Samples lie ahead of now, so that there is something to judge without a scrape. */
  private static final Duration AHEAD = Duration.ofHours(2);

  private static final String METRIC = "go_goroutines";
  private static final double MILLION = 1e6;

  private final Project project;
  private final Tools tools;
  private final Path folder;
  private final PrintStream out;
  private final Http http = new Http();

  ExporterBench(Project project, Tools tools, Path folder, PrintStream out) {
    this.project = project;
    this.tools = tools;
    this.folder = folder;
    this.out = out;
  }

  void play(Scene scene) throws IOException, InterruptedException, Await.NotReached {
    row(scene.name(), "%,d series, %s", scene.targets(), days(scene.history()));
    Path data = Files.createDirectories(folder.resolve("data-" + scene.targets()));
    new BenchFleet(
            scene.targets(),
            List.of(METRIC),
            Instant.now().plus(AHEAD),
            scene.history().plus(AHEAD).plus(INTERVAL),
            INTERVAL)
        .write(data);
    Ports ports = new Ports();
    try (Processes processes = Processes.in(folder.resolve("logs-" + scene.targets()))) {
      Prometheus prometheus =
          Prometheus.start(processes, tools, ports.next(), emptyConfig(), data, http);
      prometheus.awaitReady(Duration.ofMinutes(2));
      double theirs = scene.quantiles() ? quantiles(prometheus) : Double.NaN;
      Path config = exporterConfig(scene, prometheus.url());
      Path storage = folder.resolve("storage-" + scene.targets());
      Program exporter =
          Program.start(
              processes,
              project,
              http,
              new Program.Launch("exporter", config, storage, ports.next()));
      backfill(prometheus, exporter);
      double ours = passes(scene, exporter);
      if (scene.quantiles()) {
        row("Prometheus : exporter", "%.0f : 1 CPU", theirs / ours);
      }
      scrapes(exporter);
    }
    delete(data);
  }

  private static void delete(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path emptyConfig() throws IOException {
    return Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 1h}\n");
  }

  private Path exporterConfig(Scene scene, String url) throws IOException {
    return Files.writeString(
        folder.resolve("exporter-" + scene.targets() + ".yml"),
        """
        sources: [{url: "%s", timeout: 5m}]
        signals: {include: [goroutines]}
        history: %ds
        limits: {series: 2000000}
        """
            .formatted(url, scene.history().toSeconds()));
  }

  /** CPU seconds of Prometheus for the nine quantiles that one judgement rests on. */
  private double quantiles(Prometheus prometheus) throws IOException, InterruptedException {
    double before = ProcessCost.of(prometheus.process().pid()).cpuSeconds();
    for (String window : List.of("1h:30s", "1d:1m", "7d:5m")) {
      for (String q : List.of("0.01", "0.5", "0.99")) {
        prometheus.query("count(quantile_over_time(%s, %s[%s]))".formatted(q, METRIC, window));
      }
    }
    double cpu = ProcessCost.of(prometheus.process().pid()).cpuSeconds() - before;
    row("quantiles by Prometheus", "%.2f s CPU", cpu);
    return cpu;
  }

  private void backfill(Prometheus prometheus, Program exporter)
      throws IOException, InterruptedException, Await.NotReached {
    long began = System.nanoTime();
    double before = ProcessCost.of(prometheus.process().pid()).cpuSeconds();
    exporter.awaitReady(Duration.ofHours(2));
    double seconds = (System.nanoTime() - began) / 1e9;
    double theirs = ProcessCost.of(prometheus.process().pid()).cpuSeconds() - before;
    ProcessCost ours = ProcessCost.of(exporter.process().pid());
    row(
        "backfill",
        "%.0f s; CPU %.0f s Prometheus, %.0f s exporter",
        seconds,
        theirs,
        ours.cpuSeconds());
  }

  /** CPU seconds of judging all series once. */
  private double passes(Scene scene, Program exporter)
      throws IOException, InterruptedException, Await.NotReached {
    long pid = exporter.process().pid();
    double count = self(exporter, "tidemark_evaluation_duration_seconds_count");
    double sum = self(exporter, "tidemark_evaluation_duration_seconds_sum");
    double cpu = ProcessCost.of(pid).cpuSeconds();
    long began = System.nanoTime();
    Await.that(
        scene.passes() + " passes",
        INTERVAL.multipliedBy(scene.passes() + 2),
        () -> passed(exporter, count) >= scene.passes(),
        exporter.process());
    double passes = self(exporter, "tidemark_evaluation_duration_seconds_count") - count;
    double each = (self(exporter, "tidemark_evaluation_duration_seconds_sum") - sum) / passes;
    ProcessCost after = ProcessCost.of(pid);
    double core = (after.cpuSeconds() - cpu) / ((System.nanoTime() - began) / 1e9);
    row("a pass: judging and snapshot", "%.3f s", each);
    row("the whole exporter", "%.1f %% of a core", core * 100);
    row(
        "resident",
        "%.0f MB, %.1f KB a series",
        after.residentBytes() / MILLION,
        after.residentBytes() / 1e3 / scene.targets());
    return each;
  }

  private double passed(Program exporter, double before) {
    try {
      return self(exporter, "tidemark_evaluation_duration_seconds_count") - before;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.POSITIVE_INFINITY;
    }
  }

  private double self(Program exporter, String metric) throws IOException, InterruptedException {
    for (String line : http.get(exporter.url() + "/metrics/self").split("\n", -1)) {
      if (line.startsWith(metric + " ")) {
        return Double.parseDouble(line.substring(metric.length() + 1));
      }
    }
    throw new IOException("the exporter does not tell " + metric);
  }

  private void scrapes(Program exporter) throws IOException, InterruptedException {
    for (int i = 1; i <= 3; i++) {
      long began = System.nanoTime();
      double cpu = ProcessCost.of(exporter.process().pid()).cpuSeconds();
      byte[] body = http.bytes(exporter.url() + "/metrics");
      double seconds = (System.nanoTime() - began) / 1e9;
      double used = ProcessCost.of(exporter.process().pid()).cpuSeconds() - cpu;
      row("scrape " + i, "%.2f s, %.2f s CPU, %.0f MB", seconds, used, body.length / MILLION);
    }
  }

  private static String days(Duration time) {
    return time.toDays() > 0 ? time.toDays() + " days" : time.toMinutes() + " min";
  }

  private void row(String what, String format, Object... values) {
    out.printf(Locale.ROOT, "%-32s %s%n", what, String.format(Locale.ROOT, format, values));
  }
}
