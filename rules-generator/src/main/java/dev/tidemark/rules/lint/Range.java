package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.NumberLiteral;

/**
 * The values a result can have, both ends included; NaN is never meant.
 *
 * @param least may be -Infinity
 * @param most may be Infinity; below {@code least} where there can be no value at all
 */
record Range(double least, double most) {
  static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);
  static final Range NONE = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  static Range of(double value) {
    return Double.isNaN(value) ? ANY : new Range(value, value);
  }

  boolean isNone() {
    return least > most;
  }

  boolean isOne() {
    return least == most;
  }

  Range and(Range other) {
    Range both = new Range(Math.max(least, other.least), Math.min(most, other.most));
    return both.isNone() ? NONE : both;
  }

  Range or(Range other) {
    return new Range(Math.min(least, other.least), Math.max(most, other.most));
  }

  Range plus(Range other) {
    return ends(least + other.least, most + other.most);
  }

  Range negated() {
    return new Range(-most, -least);
  }

  Range times(Range other) {
    double[] all = {least * other.least, least * other.most, most * other.least, most * other.most};
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : all) {
      // zero times infinity is NaN: near it anything may be
      low = Math.min(low, Double.isNaN(value) ? Math.min(0, low) : value);
      high = Math.max(high, Double.isNaN(value) ? Math.max(0, high) : value);
    }
    return ends(low, high);
  }

  /** Anything where the other may be zero, but for the sign. */
  Range dividedBy(Range other) {
    if (other.least > 0 || other.most < 0) {
      return times(ends(1 / other.most, 1 / other.least));
    }
    return least >= 0 && other.least >= 0 ? NOT_NEGATIVE : ANY;
  }

  /** {@code -Infinity to 3}, {@code 0 or more}, {@code always 1}: for messages. */
  String text() {
    if (isOne()) {
      return "always " + plain(least);
    }
    if (Double.isInfinite(most)) {
      return Double.isInfinite(least) ? "anything" : plain(least) + " or more";
    }
    return Double.isInfinite(least)
        ? plain(most) + " or less"
        : plain(least) + " to " + plain(most);
  }

  private static String plain(double value) {
    return new NumberLiteral(value).toString();
  }

  private static Range ends(double least, double most) {
    return Double.isNaN(least) || Double.isNaN(most) ? ANY : new Range(least, most);
  }
}
