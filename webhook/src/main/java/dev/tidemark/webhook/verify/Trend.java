package dev.tidemark.webhook.verify;

import java.util.Arrays;

/**
 * How a signal moved over a window: Theil–Sen slope (Sen, JASA 63, 1968: the median of the slopes
 * of all pairs of points, which a few outliers cannot bend), its level at the end, and how much it
 * scatters around the line.
 *
 * @param samples how many there were; with fewer than {@link #LEAST} nothing else counts
 * @param perSecond slope, in the signal's unit a second; NaN when unknown
 * @param level median of the last quarter; NaN when unknown
 * @param scatter median distance from the line; NaN when unknown
 * @param fell whether it fell by half from one sample to the next: it was restarted in the window
 */
public record Trend(int samples, double perSecond, double level, double scatter, boolean fell) {

  /** Below this a slope is a guess. */
  public static final int LEAST = 5;

  /** Points the slope is taken over: 120 make 7,140 pairs, some milliseconds. */
  private static final int MOST = 120;

  public static final Trend UNKNOWN = new Trend(0, Double.NaN, Double.NaN, Double.NaN, false);

  public boolean isKnown() {
    return samples >= LEAST && !Double.isNaN(perSecond);
  }

  /**
   * @param millis times, ascending
   * @param values finite; as many as times
   * @param smallestFall a fall by less is no restart: few goroutines become half as many by chance
   */
  public static Trend of(long[] millis, double[] values, double smallestFall) {
    int count = values.length;
    if (count == 0) {
      return UNKNOWN;
    }
    double[] tail = Arrays.copyOfRange(values, count - Math.max(1, count / 4), count);
    boolean fell = false;
    for (int i = 1; i < count; i++) {
      fell |= values[i] < values[i - 1] / 2 && values[i - 1] - values[i] > smallestFall;
    }
    if (count < LEAST || millis[count - 1] <= millis[0]) {
      return new Trend(count, Double.NaN, median(tail), Double.NaN, fell);
    }
    double slope = slope(millis, values);
    double[] offsets = new double[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = values[i] - slope * (millis[i] - millis[0]) / 1000.0;
    }
    double base = median(offsets.clone());
    for (int i = 0; i < count; i++) {
      offsets[i] = Math.abs(offsets[i] - base);
    }
    return new Trend(count, slope, median(tail), median(offsets), fell);
  }

  private static double slope(long[] millis, double[] values) {
    int stride = Math.max(1, (values.length + MOST - 1) / MOST);
    int points = (values.length + stride - 1) / stride;
    double[] slopes = new double[points * (points - 1) / 2];
    int n = 0;
    for (int i = 0; i < values.length; i += stride) {
      for (int j = i + stride; j < values.length; j += stride) {
        if (millis[j] > millis[i]) {
          slopes[n++] = (values[j] - values[i]) * 1000.0 / (millis[j] - millis[i]);
        }
      }
    }
    return n == 0 ? Double.NaN : median(Arrays.copyOf(slopes, n));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
  }
}
