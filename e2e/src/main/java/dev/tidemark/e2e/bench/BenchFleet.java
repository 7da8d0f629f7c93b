package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.history.TsdbBlock;
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

  private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";
  private static final int END = 5;
  private static final String HASH = "-5d4f8c7b";

  /** When the last of the processes started. */
  private static final Instant BORN = Instant.parse("2025-01-01T00:00:00Z");

  /** Writes it as a block into Prometheus' data folder. */
  public void write(Path data) throws IOException {
    TsdbBlock block = TsdbBlock.in(data);
    int count = (int) (span.toMillis() / scrape.toMillis());
    long[] millis = new long[count];
    double[] values = new double[count];
    long first = end.toEpochMilli() - (count - 1) * scrape.toMillis();
    for (int course = 0; course < COURSES; course++) {
      // first, so that two fleets of other spans have the same levels
      Random random = new Random(course);
      double level = 50 + random.nextInt(5000);
      double started = BORN.getEpochSecond() - random.nextInt(1_000_000);
      long offset = random.nextInt((int) scrape.toMillis());
      for (int i = 0; i < count; i++) {
        millis[i] = first + i * scrape.toMillis() - offset + random.nextInt(5);
      }
      TsdbBlock.Samples ones = block.write(millis, filled(values, 1));
      TsdbBlock.Samples starts = block.write(millis, filled(values, started));
      for (String metric : metrics) {
        TsdbBlock.Samples samples = block.write(millis, course(values, millis, level, random));
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

  private static double[] course(double[] values, long[] millis, double level, Random random) {
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
        pod(target),
        "container",
        "app",
        "job",
        "kubernetes-pods",
        "instance",
        instance(target));
  }

  static String instance(int target) {
    return "10.%d.%d.%d:8080".formatted(target >> 16, (target >> 8) & 255, target & 255);
  }

  static String pod(int target) {
    return pod(target, 0);
  }

  /**
   * The name of a pod of a Deployment. Its parts must be of the characters that Kubernetes takes
   * for them, or its workload would be told by the whole name.
   *
   * @param deploy how many deploys there were, to 9
   */
  static String pod(int target, int deploy) {
    StringBuilder end = new StringBuilder();
    for (int rest = target, i = 0; i < END; i++, rest /= SAFE.length()) {
      end.append(SAFE.charAt(rest % SAFE.length()));
    }
    char last = SAFE.charAt(deploy);
    return workload(target / PODS_PER_WORKLOAD) + HASH + last + "-" + end.reverse();
  }

  /** The number of the target whose pod has such an end. */
  static int target(String end) {
    int target = 0;
    for (int i = 0; i < end.length(); i++) {
      target = target * SAFE.length() + SAFE.indexOf(end.charAt(i));
    }
    return target;
  }

  static String workload(int number) {
    return "service-" + number;
  }
}
