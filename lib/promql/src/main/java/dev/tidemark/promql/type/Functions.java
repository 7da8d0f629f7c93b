package dev.tidemark.promql.type;

import static dev.tidemark.promql.type.ValueType.MATRIX;
import static dev.tidemark.promql.type.ValueType.SCALAR;
import static dev.tidemark.promql.type.ValueType.STRING;
import static dev.tidemark.promql.type.ValueType.VECTOR;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions of Prometheus 2.42 to 3.14. Source: promql/parser/functions.go and CHANGELOG.md of
 * prometheus/prometheus.
 */
public final class Functions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final String OLD = "2.0";
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  public static Optional<Function> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** By name, sorted. */
  public static Map<String, Function> byName() {
    return ALL;
  }

  private static Map<String, Function> all() {
    Map<String, Function> all = new TreeMap<>();
    vectors(all);
    ranges(all);
    scalars(all);
    strings(all);
    return Collections.unmodifiableMap(all);
  }

  private static void vectors(Map<String, Function> all) {
    plain(
        all,
        OLD,
        List.of(VECTOR),
        VECTOR,
        "abs absent ceil exp floor ln log10 log2 sort sort_desc sqrt timestamp");
    plain(all, "2.26", List.of(VECTOR), VECTOR, "sgn");
    plain(
        all,
        "2.31",
        List.of(VECTOR),
        VECTOR,
        "acos acosh asin asinh atan atanh cos cosh deg rad sin sinh tan tanh");
    plain(all, "2.40", List.of(VECTOR), VECTOR, "histogram_count histogram_sum");
    plain(all, "2.46", List.of(VECTOR), VECTOR, "histogram_stddev histogram_stdvar");
    plain(all, "2.51", List.of(VECTOR), VECTOR, "histogram_avg");
    plain(all, OLD, List.of(VECTOR, SCALAR), VECTOR, "clamp_max clamp_min");
    plain(all, "2.26", List.of(VECTOR, SCALAR, SCALAR), VECTOR, "clamp");
    plain(all, OLD, List.of(SCALAR, VECTOR), VECTOR, "histogram_quantile");
    plain(all, "2.40", List.of(SCALAR, SCALAR, VECTOR), VECTOR, "histogram_fraction");
    plain(all, OLD, List.of(VECTOR), SCALAR, "scalar");
    between(
        all,
        OLD,
        List.of(VECTOR),
        0,
        1,
        "days_in_month day_of_month day_of_week hour minute month year");
    between(all, "2.37", List.of(VECTOR), 0, 1, "day_of_year");
    between(all, OLD, List.of(VECTOR, SCALAR), 1, 2, "round");
    trial(all, "3.0", List.of(VECTOR, VECTOR), 1, 2, "info");
  }

  private static void ranges(Map<String, Function> all) {
    plain(
        all,
        OLD,
        List.of(MATRIX),
        VECTOR,
        "avg_over_time changes count_over_time delta deriv idelta increase irate max_over_time"
            + " min_over_time rate resets stddev_over_time stdvar_over_time sum_over_time");
    plain(all, "2.16", List.of(MATRIX), VECTOR, "absent_over_time");
    plain(all, "2.26", List.of(MATRIX), VECTOR, "last_over_time");
    plain(all, "2.29", List.of(MATRIX), VECTOR, "present_over_time");
    plain(all, OLD, List.of(MATRIX, SCALAR), VECTOR, "predict_linear");
    plain(all, OLD, List.of(SCALAR, MATRIX), VECTOR, "quantile_over_time");
    plain(all, OLD, List.of(MATRIX, SCALAR, SCALAR), VECTOR, "holt_winters");
    plain(all, "3.7", List.of(MATRIX), VECTOR, "first_over_time");
    trial(all, "3.0", List.of(MATRIX, SCALAR, SCALAR), 3, 3, "double_exponential_smoothing");
    trial(all, "2.49", List.of(MATRIX), 1, 1, "mad_over_time");
    trial(all, "3.14", List.of(MATRIX, SCALAR), 1, 2, "integral");
    trial(
        all,
        "3.5",
        List.of(MATRIX),
        1,
        1,
        "ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time");
  }

  private static void scalars(Map<String, Function> all) {
    plain(all, OLD, List.of(), SCALAR, "time");
    plain(all, "2.31", List.of(), SCALAR, "pi");
    plain(all, OLD, List.of(SCALAR), VECTOR, "vector");
    Function of = new Function("", List.of(), 0, 0, SCALAR, "3.14", true);
    put(all, "step range start end", of);
    Function two = new Function("", List.of(SCALAR, SCALAR), 2, 2, SCALAR, "3.14", true);
    put(all, "max_of min_of", two);
  }

  private static void strings(Map<String, Function> all) {
    plain(all, OLD, List.of(VECTOR, STRING, STRING, STRING, STRING), VECTOR, "label_replace");
    between(all, OLD, List.of(VECTOR, STRING, STRING, STRING), 3, ANY, "label_join");
    trial(all, "2.49", List.of(VECTOR, STRING), 1, ANY, "sort_by_label sort_by_label_desc");
    trial(all, "3.14", List.of(VECTOR, STRING, SCALAR), 3, 12, "histogram_quantiles");
  }

  private static void plain(
      Map<String, Function> all,
      String since,
      List<ValueType> args,
      ValueType result,
      String names) {
    put(all, names, new Function("", args, args.size(), args.size(), result, since, false));
  }

  private static void between(
      Map<String, Function> all,
      String since,
      List<ValueType> args,
      int least,
      int most,
      String names) {
    put(all, names, new Function("", args, least, most, VECTOR, since, false));
  }

  private static void trial(
      Map<String, Function> all,
      String since,
      List<ValueType> args,
      int least,
      int most,
      String names) {
    put(all, names, new Function("", args, least, most, VECTOR, since, true));
  }

  private static void put(Map<String, Function> all, String names, Function shape) {
    for (String name : Arrays.asList(names.split(" "))) {
      all.put(
          name,
          new Function(
              name,
              shape.arguments(),
              shape.least(),
              shape.most(),
              shape.result(),
              shape.since(),
              shape.experimental()));
    }
  }
}
