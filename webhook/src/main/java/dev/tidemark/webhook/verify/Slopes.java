package dev.tidemark.webhook.verify;

import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.webhook.recheck.PromQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Measures a signal's trend for one target. Thread-safe. */
public final class Slopes {

  /** Points of a window. */
  private static final int POINTS = 60;

  private static final Duration FINEST = Duration.ofSeconds(1);

  /** In how many parts a window is seen: data must reach from its first half into the last part. */
  private static final int PARTS = 4;

  private final PromQuery prometheus;

  public Slopes(PromQuery prometheus) {
    this.prometheus = prometheus;
  }

  /**
   * @param labels the alert's and the target's, of which those that make a target are used
   * @param cluster the configuration's, empty when not set; series of another are left out
   * @throws PrometheusException when there is no usable answer; a partial one is none
   */
  public Trend measure(
      Signal signal, Map<String, String> labels, String cluster, Instant from, Instant to)
      throws PrometheusException {
    return largest(signal, labels, cluster, from, to).trend(signal.smallestBand());
  }

  private Largest largest(
      Signal signal, Map<String, String> labels, String cluster, Instant from, Instant to)
      throws PrometheusException {
    Map<String, String> identity = identity(labels);
    Largest largest = new Largest(cluster);
    if (identity.isEmpty()) {
      return largest;
    }
    Duration step = Duration.between(from, to).dividedBy(POINTS);
    var warnings =
        prometheus.queryRange(
            Confined.signal(signal, identity),
            from,
            to,
            step.compareTo(FINEST) < 0 ? FINEST : step,
            largest);
    if (!warnings.isEmpty()) {
      throw new PrometheusException(
          PrometheusException.Reason.QUERY, "the answer may be partial: " + warnings.get(0), null);
    }
    return largest;
  }

  /**
   * As {@link #measure}, and unknown unless the data covers the window: a target that ran for a
   * moment and died, or came late, was not watched.
   */
  public Trend measureWhole(
      Signal signal, Map<String, String> labels, String cluster, Instant from, Instant to)
      throws PrometheusException {
    Largest largest = largest(signal, labels, cluster, from, to);
    long part = Duration.between(from, to).toMillis() / PARTS;
    boolean covered =
        !largest.values.isEmpty()
            && largest.values.firstKey() <= from.toEpochMilli() + PARTS / 2 * part
            && largest.values.lastKey() >= to.toEpochMilli() - part;
    return covered ? largest.trend(signal.smallestBand()) : Trend.UNKNOWN;
  }

  /** What selects the target's series; the cluster is mostly an external label and on no series. */
  private static Map<String, String> identity(Map<String, String> labels) {
    Map<String, String> identity = new TreeMap<>();
    TargetKey.of(labels).ifPresent(key -> identity.putAll(key.labels()));
    identity.remove("cluster");
    return identity;
  }

  /** Two rows of one target count as the larger. */
  private static final class Largest implements SeriesSink {
    private final String cluster;
    private final TreeMap<Long, Double> values = new TreeMap<>();
    private boolean ours;

    Largest(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public void begin(Map<String, String> labels) {
      String named = labels.getOrDefault("cluster", "");
      ours = cluster.isEmpty() || named.isEmpty() || named.equals(cluster);
    }

    @Override
    public void sample(long timestampMillis, double value) {
      if (ours && !Double.isNaN(value) && !Double.isInfinite(value)) {
        values.merge(timestampMillis, value, Math::max);
      }
    }

    @Override
    public void end() {}

    Trend trend(double smallestFall) {
      long[] millis = values.keySet().stream().mapToLong(Long::longValue).toArray();
      double[] levels = values.values().stream().mapToDouble(Double::doubleValue).toArray();
      return Trend.of(millis, levels, smallestFall);
    }
  }
}
