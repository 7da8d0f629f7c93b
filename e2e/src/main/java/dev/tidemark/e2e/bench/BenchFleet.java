package dev.tidemark.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Go processes as a Prometheus knows them: workloads of ten pods, noise of 5 % around levels that
 * differ, a daily rhythm, jittering scrapes.
 *
 * @param targets how many pods
 * @param metrics each is a series a target, beside {@code go_info} and the process start
 * @param end of the samples; may lie ahead
 * @param scrape between two samples
 */
public record BenchFleet(
    int targets, List<String> metrics, Instant end, Duration span, Duration scrape) {
  /** Different courses of values; more targets share them. */
  private static final int COURSES = 100;

  static final int PODS_PER_WORKLOAD = 10;

  /** Writes it as a block into Prometheus' data folder. */
  public void write(Path data) throws IOException {
    TsdbBlock block = TsdbBlock.in(data);
    int count = (int) (span.toMillis() / scrape.toMillis());
    long[] millis = new long[count];
    double[] values = new double[count];
    long first = end.toEpochMilli() - (count - 1) * scrape.toMillis();
    for (int course = 0; course < COURSES; course++) {
      Random random = new Random(course);
      long offset = random.nextInt((int) scrape.toMillis());
      for (int i = 0; i < count; i++) {
        millis[i] = first + i * scrape.toMillis() - offset + random.nextInt(5);
      }
      TsdbBlock.Samples ones = block.write(millis, filled(values, 1));
      double started = first / 1000.0 - random.nextInt(1_000_000);
      TsdbBlock.Samples starts = block.write(millis, filled(values, Math.rint(started)));
      for (String metric : metrics) {
        TsdbBlock.Samples samples = block.write(millis, course(values, millis, random));
        for (int target = course; target < targets; target += COURSES) {
          block.add(labels(metric, target), samples);
        }
      }
      for (int target = course; target < targets; target += COURSES) {
        block.add(labels("go_info", target), ones);
        block.add(labels("process_start_time_seconds", target), starts);
      }
    }
    block.finish();
  }

  private static double[] course(double[] values, long[] millis, Random random) {
    double level = 50 + random.nextInt(5000);
    for (int i = 0; i < values.length; i++) {
      double day = Math.sin(millis[i] / 86_400_000.0 * 2 * Math.PI);
      values[i] = Math.rint(level * (1 + 0.1 * day + 0.05 * random.nextGaussian()));
    }
    return values;
  }

  private static double[] filled(double[] values, double with) {
    Arrays.fill(values, with);
    return values;
  }

  private static Map<String, String> labels(String metric, int target) {
    int workload = target / PODS_PER_WORKLOAD;
    return Map.of(
        "__name__",
        metric,
        "namespace",
        "team-" + workload % 20,
        "pod",
        "service-%d-5d4f8c7b9-%05d".formatted(workload, target),
        "container",
        "app",
        "job",
        "kubernetes-pods",
        "instance",
        "10.%d.%d.%d:8080".formatted(target >> 16, (target >> 8) & 255, target & 255));
  }
}
