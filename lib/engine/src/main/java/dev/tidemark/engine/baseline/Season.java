package dev.tidemark.engine.baseline;

import dev.tidemark.engine.growth.TheilSen;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The daily rhythm of a series: by how much each hour of the day (UTC) lies above or below its
 * day's level, as the median of the days that are kept, and how far samples scatter around that.
 * One day more or less high than another, as a weekend, is no part of the rhythm.
 */
public final class Season {
  private static final long HOUR = 3_600_000;
  private static final int HOURS = 24;
  private static final int FEWEST_DAYS = 3;

  /** Hours of a day that must be known, so that its level means something. */
  private static final int FEWEST_HOURS = 20;

  /** Share of the variance within days that the rhythm explains; more while days are few. */
  private static final double EXPLAINED = 0.6;

  private static final double EXPLAINED_BY_FEW = 0.75;
  private static final int MANY_DAYS = 5;

  /** Further out than a band without rhythm goes: an hour is coarse where levels step. */
  private static final double LOW = 0.002;

  private static final double HIGH = 0.998;

  private final float[] offsets;
  private final float middle;
  private final float level;
  private final float low;
  private final float high;

  private Season(float[] offsets, float level, float low, float high) {
    this.offsets = offsets;
    this.level = level;
    this.low = low;
    this.high = high;
    float[] sorted = offsets.clone();
    Arrays.sort(sorted);
    middle = (sorted[HOURS / 2 - 1] + sorted[HOURS / 2]) / 2;
  }

  /**
   * The rhythm of a window of slots.
   *
   * @param values oldest first, NaN where a slot is empty
   * @param endMillis where the last slot ends
   * @return null when there are too few days, or what they have in common explains too little
   */
  static @Nullable Season of(double[] values, long slotMillis, long endMillis) {
    int perDay = (int) (HOURS * HOUR / slotMillis);
    int days = values.length / perDay;
    if (slotMillis > HOUR || days < FEWEST_DAYS) {
      return null;
    }
    double[][] bins = new double[days][];
    double[] levels = new double[days];
    int known = 0;
    for (int d = 0; d < days; d++) {
      double[] day = bins(values, values.length - (d + 1) * perDay, perDay, slotMillis, endMillis);
      double level = mean(day);
      if (!Double.isNaN(level)) {
        bins[known] = day;
        levels[known++] = level;
      }
    }
    if (known < FEWEST_DAYS) {
      return null;
    }
    float[] offsets = new float[HOURS];
    double all = 0;
    double left = 0;
    double[] column = new double[known];
    for (int h = 0; h < HOURS; h++) {
      int n = 0;
      for (int d = 0; d < known; d++) {
        double offset = bins[d][h] - levels[d];
        if (!Double.isNaN(offset)) {
          column[n++] = offset;
        }
      }
      if (n < FEWEST_DAYS - 1) {
        return null;
      }
      offsets[h] = (float) TheilSen.median(Arrays.copyOf(column, n));
      for (int d = 0; d < n; d++) {
        all += column[d] * column[d];
        left += (column[d] - offsets[h]) * (column[d] - offsets[h]);
      }
    }
    double asked = known < MANY_DAYS ? EXPLAINED_BY_FEW : EXPLAINED;
    if (!(left < (1 - asked) * all)) {
      return null;
    }
    Season bare = new Season(offsets, 0, 0, 0);
    double[] rest = bare.rest(values, perDay, slotMillis, endMillis);
    double level = TheilSen.median(Arrays.copyOf(levels, known));
    double low = rest[(int) (LOW * (rest.length - 1))];
    double high = rest[(int) Math.ceil(HIGH * (rest.length - 1))];
    boolean fits = Math.max(Math.abs(level), Math.abs(high - low)) < Float.MAX_VALUE / 4;
    return fits ? new Season(offsets, (float) level, (float) low, (float) high) : null;
  }

  /** Means by hour of the day; NaN for an hour without samples. */
  private static double[] bins(
      double[] values, int from, int count, long slotMillis, long endMillis) {
    double[] sums = new double[HOURS];
    int[] counts = new int[HOURS];
    for (int i = from; i < from + count; i++) {
      if (!Double.isNaN(values[i])) {
        int hour = hour(endMillis - (values.length - i) * slotMillis);
        sums[hour] += values[i];
        counts[hour]++;
      }
    }
    for (int h = 0; h < HOURS; h++) {
      sums[h] = counts[h] == 0 ? Double.NaN : sums[h] / counts[h];
    }
    return sums;
  }

  private static int hour(long timeMillis) {
    return (int) Math.floorMod(Math.floorDiv(timeMillis, HOUR), (long) HOURS);
  }

  private static double mean(double[] bins) {
    double sum = 0;
    int n = 0;
    for (double bin : bins) {
      if (!Double.isNaN(bin)) {
        sum += bin;
        n++;
      }
    }
    return n < FEWEST_HOURS ? Double.NaN : sum / n;
  }

  /** What is left of every sample without its day's level and the rhythm, ascending. */
  private double[] rest(double[] values, int perDay, long slotMillis, long endMillis) {
    double[] rest = new double[values.length];
    int n = 0;
    for (int to = values.length; to >= perDay; to -= perDay) {
      double level = mean(bins(values, to - perDay, perDay, slotMillis, endMillis));
      for (int i = to - perDay; i < to && !Double.isNaN(level); i++) {
        if (!Double.isNaN(values[i])) {
          long time = endMillis - (values.length - i) * slotMillis;
          rest[n++] = values[i] - level - at(time);
        }
      }
    }
    double[] sorted = Arrays.copyOf(rest, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** How far above a day's level a time lies, linear between the middles of hours. */
  public double at(long timeMillis) {
    long shifted = timeMillis - HOUR / 2;
    int hour = hour(shifted);
    double share = Math.floorMod(shifted, HOUR) / (double) HOUR;
    return offsets[hour] * (1 - share) + offsets[(hour + 1) % HOURS] * share;
  }

  /** How far above a day's level its median lies. */
  double middle() {
    return middle;
  }

  /** The level of the middle one of the days. */
  double level() {
    return level;
  }

  /** How far below the rhythm nearly all samples stay. */
  double low() {
    return low;
  }

  /** How far above the rhythm nearly all samples stay. */
  double high() {
    return high;
  }

  void encode(DataOutput out) throws IOException {
    for (float offset : offsets) {
      out.writeFloat(offset);
    }
    out.writeFloat(level);
    out.writeFloat(low);
    out.writeFloat(high);
  }

  static Season decode(DataInput in) throws IOException {
    float[] offsets = new float[HOURS];
    for (int h = 0; h < HOURS; h++) {
      offsets[h] = finite(in.readFloat());
    }
    return new Season(
        offsets, finite(in.readFloat()), finite(in.readFloat()), finite(in.readFloat()));
  }

  private static float finite(float value) throws IOException {
    if (!Float.isFinite(value)) {
      throw new IOException("damaged season: " + value);
    }
    return value;
  }
}
