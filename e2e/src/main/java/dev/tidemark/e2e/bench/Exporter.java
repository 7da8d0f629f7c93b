package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The exporter that is measured, as its own process. */
final class Exporter {
  private static final String EVALUATIONS = "tidemark_evaluation_duration_seconds_count";
  private static final String EVALUATING = "tidemark_evaluation_duration_seconds_sum";
  private static final String EVALUATING_CPU = "tidemark_evaluation_cpu_seconds_total";
  private static final double MILLION = 1e6;
  private static final int SCRAPES = 5;

  private final Program program;
  private final Bench bench;
  private final long begun;

  /**
   * @param begun when it was started, as {@link System#nanoTime} counts
   */
  Exporter(Program program, Bench bench, long begun) {
    this.begun = begun;
    this.program = program;
    this.bench = bench;
  }

  long begun() {
    return begun;
  }

  ProcessCost cost() throws IOException {
    return ProcessCost.of(program.process().pid());
  }

  void awaitListening() throws Await.NotReached, InterruptedException {
    Await.that(
        "the exporter listens",
        Duration.ofMinutes(1),
        () -> bench.http().answers(program.url() + "/-/healthy"),
        program.process());
  }

  /** Waits until the present is reached, telling how far it is, and doing something meanwhile. */
  void learn(Duration atMost, Work meanwhile) throws Await.NotReached, InterruptedException {
    long[] toldAt = {System.nanoTime()};
    Await.that(
        "the history is learnt",
        atMost,
        () -> {
          meanwhile.run();
          if (System.nanoTime() - toldAt[0] > 15e9) {
            toldAt[0] = System.nanoTime();
            bench
                .report()
                .progress(
                    String.format(
                        Locale.ROOT,
                        "%.0f %% learnt, %.0f MB resident",
                        100 * metric("tidemark_backfill_progress_ratio").orElse(0),
                        cost().residentBytes() / MILLION));
          }
          return bench.http().answers(program.url() + "/-/ready");
        },
        program.process());
  }

  /** What is done between two looks. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Until so many series are held. */
  void awaitSeries(int count, Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that(
        count + " series",
        atMost,
        () -> metric("tidemark_series").orElse(0) >= count,
        program.process());
  }

  /** Until what was learnt is on disk. */
  void awaitSealed(Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that(
        "a checkpoint",
        atMost,
        () -> metric("tidemark_checkpoint_last_success_timestamp_seconds").orElse(0) > 0,
        program.process());
  }

  /**
   * What passes cost.
   *
   * @param judging seconds on the clock of one pass: judging and the snapshot
   * @param judgingCpu the same, of all processors
   * @param cpu seconds of the whole process a pass, asking and all else included
   */
  record Passes(double judging, double judgingCpu, double cpu) {
    double core() {
      return cpu / Bench.INTERVAL.toSeconds();
    }
  }

  Passes passes(int warmUp, int count) throws IOException, InterruptedException, Await.NotReached {
    double first = evaluations() + 1 + warmUp;
    awaitPasses(first); // so that it begins and ends with a pass
    double sum = metric(EVALUATING).orElseThrow();
    double judging = metric(EVALUATING_CPU).orElseThrow();
    double cpu = cost().cpuSeconds();
    awaitPasses(first + count);
    double passes = evaluations() - first;
    return new Passes(
        (metric(EVALUATING).orElseThrow() - sum) / passes,
        (metric(EVALUATING_CPU).orElseThrow() - judging) / passes,
        (cost().cpuSeconds() - cpu) / passes);
  }

  private void awaitPasses(double count)
      throws IOException, Await.NotReached, InterruptedException {
    Duration atMost = Bench.INTERVAL.multipliedBy(8 + (long) (count - evaluations()));
    Await.that("passes", atMost, () -> evaluations() >= count, program.process());
  }

  private double evaluations() throws IOException, InterruptedException {
    return metric(EVALUATIONS).orElse(0);
  }

  /** The sum of a metric's series; empty where there is none. */
  private OptionalDouble metric(String name) throws IOException, InterruptedException {
    String text = bench.http().get(program.url() + "/metrics/self");
    double[] values =
        text.lines()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .toArray();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }

  /** The size of one scrape as Prometheus makes it, compressed. */
  int scrape() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(program.url() + "/metrics"))
            .header("Accept-Encoding", "gzip")
            .timeout(Duration.ofMinutes(2))
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("a scrape was answered with " + response.statusCode());
    }
    return response.body().length;
  }

  /** Some scrapes, one after another: the median of them, for the first compile what they need. */
  void scrapes(String size, String goal) throws IOException, InterruptedException {
    double[] clock = new double[SCRAPES];
    double before = cost().cpuSeconds();
    int bytes = 0;
    for (int i = 0; i < SCRAPES; i++) {
      long began = System.nanoTime();
      bytes = scrape();
      clock[i] = (System.nanoTime() - began) / 1e9;
    }
    double cpu = (cost().cpuSeconds() - before) / SCRAPES;
    double first = clock[0];
    Arrays.sort(clock);
    bench
        .report()
        .row(
            "a scrape of " + size + ", compressed",
            goal,
            "median %.2f s (first %.2f s), %.2f s CPU, %.1f MB",
            clock[SCRAPES / 2],
            first,
            cpu,
            bytes / MILLION);
  }

  /** Ends it at once, with nothing sealed. */
  void kill() throws InterruptedException {
    program.process().kill();
  }

  /** Asks it to end, as a service manager does, and waits until it has. */
  void stop() throws IOException, InterruptedException {
    program.process().terminate();
    int unused = program.process().await(60, TimeUnit.SECONDS);
  }
}
