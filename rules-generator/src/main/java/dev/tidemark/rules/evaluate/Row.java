package dev.tidemark.rules.evaluate;

import java.util.Arrays;
import java.util.Map;

/**
 * A series and its value at each of some times.
 *
 * @param values by the index of the time; {@link #ABSENT} where there is none. Not copied: a week
 *     of a minute's steps is large
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Row(Map<String, String> labels, double[] values) {
  private static final long ABSENT_BITS = 0x7ff8_7a1d_0000_0001L;

  /** No sample; a NaN that no arithmetic gives. */
  public static final double ABSENT = Double.longBitsToDouble(ABSENT_BITS);

  static final String NAME = "__name__";

  public Row {
    labels = Map.copyOf(labels);
  }

  public static boolean isAbsent(double value) {
    // most are numbers, and NaN is told without a look at its bits
    return Double.isNaN(value) && Double.doubleToRawLongBits(value) == ABSENT_BITS;
  }

  /** Nothing at so many times. */
  public static double[] nothing(int count) {
    double[] values = new double[count];
    Arrays.fill(values, ABSENT);
    return values;
  }

  public boolean isEmpty() {
    return Arrays.stream(values).allMatch(Row::isAbsent);
  }
}
