package dev.tidemark.promql.type;

/**
 * The functions as data, a line each: signature, type of the result, the first release that has it,
 * and {@code trial [until]} for experimental ones, {@code flag=…} where it is not the common one,
 * {@code gone release}. An argument with {@code ?} may be left out, with {@code *} repeated or left
 * out, with {@code *9} given up to nine times.
 */
final class FunctionTable {
  static final String TEXT =
      """
      abs(vector) vector 2.0
      absent(vector) vector 2.0
      absent_over_time(matrix) vector 2.16
      acos(vector) vector 2.31
      acosh(vector) vector 2.31
      asin(vector) vector 2.31
      asinh(vector) vector 2.31
      atan(vector) vector 2.31
      atanh(vector) vector 2.31
      avg_over_time(matrix) vector 2.0
      ceil(vector) vector 2.0
      changes(matrix) vector 2.0
      clamp(vector, scalar, scalar) vector 2.26
      clamp_max(vector, scalar) vector 2.0
      clamp_min(vector, scalar) vector 2.0
      cos(vector) vector 2.31
      cosh(vector) vector 2.31
      count_over_time(matrix) vector 2.0
      day_of_month(vector?) vector 2.0
      day_of_week(vector?) vector 2.0
      day_of_year(vector?) vector 2.37
      days_in_month(vector?) vector 2.0
      deg(vector) vector 2.31
      delta(matrix) vector 2.0
      deriv(matrix) vector 2.0
      double_exponential_smoothing(matrix, scalar, scalar) vector 3.0 trial
      end() scalar 3.12 trial
      exp(vector) vector 2.0
      first_over_time(matrix) vector 3.7 trial 3.14
      floor(vector) vector 2.0
      histogram_avg(vector) vector 2.51
      histogram_count(vector) vector 2.40
      histogram_fraction(scalar, scalar, vector) vector 2.40
      histogram_quantile(scalar, vector) vector 2.0
      histogram_quantiles(vector, string, scalar, scalar*9) vector 3.11 trial
      histogram_stddev(vector) vector 2.46
      histogram_stdvar(vector) vector 2.46
      histogram_sum(vector) vector 2.40
      holt_winters(matrix, scalar, scalar) vector 2.0 gone 3.0
      hour(vector?) vector 2.0
      idelta(matrix) vector 2.0
      increase(matrix) vector 2.0
      info(vector, vector?) vector 2.55 trial
      integral(matrix, scalar?) vector 3.16 trial
      irate(matrix) vector 2.0
      label_join(vector, string, string, string*) vector 2.0
      label_replace(vector, string, string, string, string) vector 2.0
      last_over_time(matrix) vector 2.26
      ln(vector) vector 2.0
      log10(vector) vector 2.0
      log2(vector) vector 2.0
      mad_over_time(matrix) vector 2.49 trial
      max_of(scalar, scalar) scalar 3.13 trial
      max_over_time(matrix) vector 2.0
      min_of(scalar, scalar) scalar 3.13 trial
      min_over_time(matrix) vector 2.0
      minute(vector?) vector 2.0
      month(vector?) vector 2.0
      pi() scalar 2.31
      predict_linear(matrix, scalar) vector 2.0
      present_over_time(matrix) vector 2.29
      quantile_over_time(scalar, matrix) vector 2.0
      rad(vector) vector 2.31
      range() scalar 3.12 trial
      rate(matrix) vector 2.0
      resets(matrix) vector 2.0
      round(vector, scalar?) vector 2.0
      scalar(vector) scalar 2.0
      sgn(vector) vector 2.26
      sin(vector) vector 2.31
      sinh(vector) vector 2.31
      sort(vector) vector 2.0
      sort_by_label(vector, string*) vector 2.49 trial
      sort_by_label_desc(vector, string*) vector 2.49 trial
      sort_desc(vector) vector 2.0
      sqrt(vector) vector 2.0
      start() scalar 3.12 trial
      start_timestamp(vector) vector 3.14 trial flag=use-start-timestamps
      stddev_over_time(matrix) vector 2.0
      stdvar_over_time(matrix) vector 2.0
      step() scalar 3.12 trial
      sum_over_time(matrix) vector 2.0
      tan(vector) vector 2.31
      tanh(vector) vector 2.31
      time() scalar 2.0
      timestamp(vector) vector 2.0
      ts_of_first_over_time(matrix) vector 3.7 trial
      ts_of_last_over_time(matrix) vector 3.5 trial
      ts_of_max_over_time(matrix) vector 3.5 trial
      ts_of_min_over_time(matrix) vector 3.5 trial
      vector(scalar) vector 2.0
      year(vector?) vector 2.0
      """;

  private FunctionTable() {}
}
