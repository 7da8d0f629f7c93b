package dev.tidemark.e2e.corpus.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All samples of one pod as one Prometheus has them: a row a scrape, a column a metric, NaN where a
 * scrape had none. Shared without copies: who gets one does not write to its arrays.
 */
public final class Samples {
  private final long[] millis;
  private final Map<String, double[]> byMetric;

  /**
   * @param millis epoch milliseconds of the corpus, ascending
   */
  public Samples(long[] millis, Map<String, double[]> byMetric) {
    for (Map.Entry<String, double[]> column : byMetric.entrySet()) {
      if (column.getValue().length != millis.length) {
        throw new IllegalArgumentException(
            column.getKey() + " has " + column.getValue().length + " rows, not " + millis.length);
      }
    }
    this.millis = millis;
    this.byMetric = new LinkedHashMap<>(byMetric);
  }

  public long[] millis() {
    return millis;
  }

  public Map<String, double[]> byMetric() {
    return byMetric;
  }

  public int rows() {
    return millis.length;
  }

  public boolean has(String metric) {
    return byMetric.containsKey(metric);
  }

  /** NaN where the scrape did not have it. */
  public double at(String metric, int row) {
    double[] column = byMetric.get(metric);
    return column == null ? Double.NaN : column[row];
  }

  /** Rows that arrive metric by metric. */
  public static final class Builder {
    private final Map<String, Map<Long, Double>> byMetric = new LinkedHashMap<>();

    public void add(String metric, long time, double value) {
      byMetric.computeIfAbsent(metric, m -> new LinkedHashMap<>()).put(time, value);
    }

    public Samples build() {
      SortedSet<Long> times = new TreeSet<>();
      byMetric.values().forEach(column -> times.addAll(column.keySet()));
      long[] millis = times.stream().mapToLong(Long::longValue).toArray();
      Map<String, double[]> columns = new LinkedHashMap<>();
      List<String> names = new ArrayList<>(byMetric.keySet());
      names.sort(null);
      for (String name : names) {
        Map<Long, Double> column = byMetric.getOrDefault(name, Map.of());
        double[] values = new double[millis.length];
        for (int i = 0; i < millis.length; i++) {
          values[i] = column.getOrDefault(millis[i], Double.NaN);
        }
        columns.put(name, values);
      }
      return new Samples(millis, columns);
    }
  }
}
