package dev.tidemark.rules.evaluate;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows by their labels: several may make up one series, each at times of its own. */
public final class Merged {
  private final Map<Map<String, String>, double[]> rows = new LinkedHashMap<>();

  /**
   * @throws PrometheusException where two say the same series at one time, as Prometheus refuses it
   */
  public void add(Row row) throws PrometheusException {
    double[] there = rows.putIfAbsent(row.labels(), row.values());
    if (there == null) {
      return;
    }
    double[] both = there.clone();
    for (int i = 0; i < both.length; i++) {
      if (!Row.isAbsent(row.values()[i])) {
        if (!Row.isAbsent(both[i])) {
          throw new PrometheusException(
              Reason.QUERY, "vector cannot contain metrics with the same labelset", null);
        }
        both[i] = row.values()[i];
      }
    }
    rows.put(row.labels(), both);
  }

  public List<Row> rows() {
    List<Row> all = new ArrayList<>();
    rows.forEach((labels, values) -> all.add(new Row(labels, values)));
    all.removeIf(Row::isEmpty);
    return all;
  }
}
