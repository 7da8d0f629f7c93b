package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value for each group of series. */
final class Groups {
  private Groups() {}

  static boolean takes(Aggregation aggregation) {
    return switch (aggregation.op()) {
      case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> true;
      case TOPK, BOTTOMK, QUANTILE, LIMITK, LIMIT_RATIO, COUNT_VALUES -> false;
    };
  }

  static List<Row> of(Aggregation aggregation, List<Row> rows, int count) {
    Map<Map<String, String>, List<double[]>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, String> key = new TreeMap<>(row.labels());
      if (aggregation.without()) {
        key.remove(Row.NAME);
        aggregation.labels().forEach(key::remove);
      } else {
        key.keySet().retainAll(aggregation.labels());
      }
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row.values());
    }
    List<Row> results = new ArrayList<>();
    groups.forEach(
        (labels, members) -> {
          double[] values = Row.nothing(count);
          double[] there = new double[members.size()];
          for (int i = 0; i < count; i++) {
            int n = 0;
            for (double[] member : members) {
              if (!Row.isAbsent(member[i])) {
                there[n++] = member[i];
              }
            }
            if (n > 0) {
              values[i] = of(aggregation.op(), there, n);
            }
          }
          results.add(new Row(labels, values));
        });
    return results;
  }

  private static double of(AggregateOp op, double[] values, int n) {
    return switch (op) {
      case SUM -> Sums.of(values, 0, n).sum();
      case AVG -> Sums.of(values, 0, n).mean();
      case COUNT -> n;
      case GROUP -> 1;
      case MIN -> extreme(values, n, -1);
      case MAX -> extreme(values, n, 1);
      case STDDEV -> Math.sqrt(Sums.of(values, 0, n).variance());
      case STDVAR -> Sums.of(values, 0, n).variance();
      case TOPK, BOTTOMK, QUANTILE, LIMITK, LIMIT_RATIO, COUNT_VALUES ->
          throw new IllegalStateException("not taken: " + op);
    };
  }

  /** NaN only where there is nothing else. */
  private static double extreme(double[] values, int n, int sign) {
    double best = values[0];
    for (int i = 1; i < n; i++) {
      if (Double.isNaN(best) || sign * values[i] > sign * best) {
        best = values[i];
      }
    }
    return best;
  }
}
