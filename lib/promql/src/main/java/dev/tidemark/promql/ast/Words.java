package dev.tidemark.promql.ast;

import java.util.Locale;
import java.util.Set;

/** Words with a meaning of their own: a metric of such a name is written as a matcher. */
public final class Words {
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "unless",
          "atan2",
          "sum",
          "avg",
          "count",
          "min",
          "max",
          "group",
          "stddev",
          "stdvar",
          "topk",
          "bottomk",
          "count_values",
          "quantile",
          "limitk",
          "limit_ratio",
          "offset",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "bool",
          "start",
          "end",
          "step",
          "range",
          "inf",
          "nan",
          "smoothed",
          "anchored",
          "fill",
          "fill_left",
          "fill_right");

  private Words() {}

  /** Whether a release up to 3.14 may take this for something other than a name. */
  public static boolean isReserved(String word) {
    return RESERVED.contains(word.toLowerCase(Locale.ROOT));
  }
}
