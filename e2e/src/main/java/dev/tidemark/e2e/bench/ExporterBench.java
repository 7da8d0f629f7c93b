package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.exporter.ExporterConfig;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures the exporter beside a Prometheus: learning a history, then what is learnt grown to many
 * times the series, opened and at work.
 */
final class ExporterBench {
  private static final double MILLION = 1e6;
  private static final int RESTARTS = 3;

  /** So much of the past is there for an exporter that knows the rest. */
  private static final Duration RECENT = Duration.ofMinutes(20);

  private final Bench bench;
  private final Report report;

  ExporterBench(Bench bench) {
    this.bench = bench;
    this.report = bench.report();
  }

  void play(Scene scene)
      throws IOException, InterruptedException, Await.NotReached, ProblemsException {
    Path config = bench.config(scene.history());
    learn(scene, config);
    report.begins(
        String.format(Locale.ROOT, "growing what was learnt to %,d series", scene.atWork()));
    ExporterConfig read = StrictYaml.read(config, ExporterConfig.class);
    Instant sealed =
        Grown.grow(bench.storage(), read, scene.learnt(), scene.copies(), Instant::now);
    Duration gap = Duration.between(sealed, Instant.now());
    Prometheus prometheus = bench.prometheus(scene.atWork(), gap.plus(RECENT));
    prometheus.awaitReady(Duration.ofMinutes(3));
    work(scene.atWork(), scene, restarts(scene, config), true);
  }

  /** Only what so many series cost that nothing is known of. */
  void many(int series) throws IOException, InterruptedException, Await.NotReached {
    Scene scene = new Scene(series, Duration.ofMinutes(10), 1, 1, 3, Duration.ofMinutes(30));
    Prometheus prometheus = bench.prometheus(series, scene.history());
    prometheus.awaitReady(Duration.ofMinutes(10));
    Exporter exporter = bench.exporter(bench.config(scene.history()), series);
    exporter.learn(scene.patience(), () -> {});
    work(series, scene, exporter, false);
    report.fact("Prometheus, resident", "%.0f MB", cost(prometheus).residentBytes() / MILLION);
  }

  private void learn(Scene scene, Path config)
      throws IOException, InterruptedException, Await.NotReached {
    String size = size(scene.learnt()) + ", " + scene.history().toDays() + " d";
    Prometheus prometheus = bench.prometheus(scene.learnt(), scene.history());
    prometheus.awaitReady(Duration.ofMinutes(3));
    started(config);
    double theirs = quantiles(prometheus);
    LightQuery alone = new LightQuery(prometheus);
    alone.ask(300);
    double before = cost(prometheus).cpuSeconds();
    Exporter exporter = bench.exporter(config, scene.atWork());
    long began = exporter.begun();
    LightQuery meanwhile = new LightQuery(prometheus);
    report.begins("learning " + size);
    try {
      exporter.learn(scene.patience(), () -> meanwhile.ask(1));
      row(
          "backfill of " + size,
          "≤ 180 s",
          "%.0f s; CPU %.0f s Prometheus, %.0f s exporter",
          (System.nanoTime() - began) / 1e9,
          cost(prometheus).cpuSeconds() - before,
          exporter.cost().cpuSeconds());
    } finally {
      report.fact("a light query meanwhile", "%s; before %s", meanwhile.text(), alone.text());
    }
    report.begins("watching " + scene.passes() + " evaluations after " + scene.warmUp());
    Exporter.Passes passes = exporter.passes(scene.warmUp(), scene.passes());
    row(
        "the quantiles of a band, " + size,
        "≥ 500 : 1",
        "%.2f s CPU Prometheus, %.4f s CPU the exporter's evaluation, snapshot included: %.0f : 1;"
            + " with asking and all else %.2f s CPU: %.0f : 1",
        theirs,
        passes.judgingCpu(),
        theirs / passes.judgingCpu(),
        passes.cpu(),
        theirs / passes.cpu());
    report.fact("resident, " + size, "%.0f MB", exporter.cost().residentBytes() / MILLION);
    exporter.awaitSealed(Duration.ofMinutes(2));
    exporter.stop();
    Bench.stop(prometheus);
  }

  /** The launcher makes its class archive at the first start, which is not what is measured. */
  private void started(Path config) throws IOException, InterruptedException, Await.NotReached {
    Exporter exporter = bench.exporter(config, 0);
    exporter.awaitListening();
    exporter.stop();
    Bench.delete(bench.storage());
  }

  /** CPU seconds of Prometheus for the nine quantiles that one judgement rests on. */
  private double quantiles(Prometheus prometheus) throws IOException, InterruptedException {
    report.begins("asking Prometheus for the same quantiles");
    double before = cost(prometheus).cpuSeconds();
    for (String window : List.of("1h:30s", "1d:1m", "7d:5m")) {
      for (String q : List.of("0.01", "0.5", "0.99")) {
        String of = "quantile_over_time(%s, %s[%s])".formatted(q, Bench.METRIC, window);
        bench.query(prometheus, "count(" + of + ")");
      }
    }
    return cost(prometheus).cpuSeconds() - before;
  }

  /** Starts again and again with what was learnt, as after a crash; the last one goes on. */
  private Exporter restarts(Scene scene, Path config)
      throws IOException, InterruptedException, Await.NotReached {
    double[] clock = new double[RESTARTS];
    double[] held = new double[RESTARTS];
    double[] cpu = new double[RESTARTS];
    for (int i = 0; ; i++) {
      report.begins("restart " + (i + 1) + " of " + RESTARTS);
      Exporter exporter = bench.exporter(config, scene.atWork());
      exporter.awaitSeries(scene.atWork(), Duration.ofMinutes(5));
      held[i] = (System.nanoTime() - exporter.begun()) / 1e9;
      int unused = exporter.scrape();
      clock[i] = (System.nanoTime() - exporter.begun()) / 1e9;
      cpu[i] = exporter.cost().cpuSeconds();
      if (i + 1 < RESTARTS) {
        exporter.kill();
        continue;
      }
      Arrays.sort(clock);
      Arrays.sort(held);
      Arrays.sort(cpu);
      row(
          "restart with " + size(scene.atWork()) + ", until the first scrape",
          "≤ 10 s",
          "median of %d: %.1f s (%.1f to %.1f s; %.1f s until they are held), %.1f s CPU",
          RESTARTS,
          clock[RESTARTS / 2],
          clock[0],
          clock[RESTARTS - 1],
          held[RESTARTS / 2],
          cpu[RESTARTS / 2]);
      report.fact("resident then", "%.0f MB", exporter.cost().residentBytes() / MILLION);
      exporter.learn(scene.patience(), () -> {});
      double present = (System.nanoTime() - exporter.begun()) / 1e9;
      report.fact("back in the present", "%.1f s", present);
      return exporter;
    }
  }

  private void work(int series, Scene scene, Exporter exporter, boolean restarted)
      throws IOException, InterruptedException, Await.NotReached {
    String size = size(series);
    int warmUp = Math.max(1, scene.warmUp() * scene.learnt() / series);
    report.begins("watching " + scene.passes() + " evaluations after " + warmUp);
    Exporter.Passes passes = exporter.passes(warmUp, scene.passes());
    row(
        "the whole exporter, " + size + " every 30 s",
        "< 20 % of a core",
        "%.1f %%, asking included; judging and snapshot %.2f s CPU, %.2f s on the clock",
        100 * passes.core(),
        passes.judgingCpu(),
        passes.judging());
    exporter.scrapes(size, "≤ 1 s");
    ProcessCost cost = exporter.cost();
    row(
        "resident, " + size + (restarted ? ", windows full" : ", little learnt"),
        "≤ 1,500 MB for 100,000",
        "%.0f MB, at most %.0f MB; %.1f KB a series",
        cost.residentBytes() / MILLION,
        cost.peakBytes() / MILLION,
        cost.residentBytes() / 1e3 / series);
  }

  private static ProcessCost cost(Prometheus prometheus) throws IOException {
    return ProcessCost.of(prometheus.process().pid());
  }

  private static String size(int series) {
    return String.format(Locale.ROOT, "%,d series", series);
  }

  private void row(String what, String goal, String format, Object... values) throws IOException {
    report.row(what, goal, format, values);
  }
}
