package dev.tidemark.e2e.history;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service's healthy past: each metric about its level of now, with a daily wave and noise.
 *
 * @param job and {@code instance}: as the live target has them
 * @param goVersion as go_info tells it; the series that says that this is a Go process
 * @param levels the level of each metric, by its name
 * @param wave height of the daily wave, as a share of the level
 * @param noise standard deviation, as a share of the level
 * @param startedAt when its process last started
 */
public record ServicePast(
    String job,
    String instance,
    String goVersion,
    SortedMap<String, Double> levels,
    double wave,
    double noise,
    Instant startedAt) {
  private static final double DAY = 86_400;

  public ServicePast {
    levels = new TreeMap<>(levels);
    if (!(wave >= 0 && wave < 1) || !(noise >= 0 && noise < 0.2)) {
      throw new IllegalArgumentException("wave " + wave + " or noise " + noise);
    }
  }

  /** The value at a time; equal for equal arguments, whatever was asked before. */
  double at(String metric, long second) {
    double level = levels.getOrDefault(metric, Double.NaN);
    Random random = new Random(31L * (instance + metric).hashCode() + second * 0x9E3779B97F4A7C15L);
    double daily = wave * Math.sin(2 * Math.PI * (second % DAY) / DAY);
    double value = level * (1 + daily + noise * random.nextGaussian());
    return Math.max(0, Math.rint(value));
  }

  /** The labels of its go_info. */
  Map<String, String> go() {
    Map<String, String> labels = new TreeMap<>(labels());
    labels.put("version", goVersion);
    return labels;
  }

  Map<String, String> labels() {
    return new TreeMap<>(Map.of("instance", instance, "job", job));
  }
}
