package dev.tidemark.engine.baseline;

import dev.tidemark.engine.growth.TheilSen;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rhythm of a series: by how much each hour of the day, or of the week (UTC), lies above or
 * below the level of its day or week, as the median of those that are kept, and how far samples
 * scatter around that. One day more or less high than another is no part of a daily rhythm; of a
 * weekly one it is, where the weeks agree.
 */
public final class Season {
  private static final long HOUR = 3_600_000;
  private static final int DAY = Rhythm.DAY.hours();

  /** As written; no rhythm is a 0. */
  static final int NONE = 0;

  private static final int DAILY = 1;
  private static final int WEEKLY = 2;

  /** Further out than a band without rhythm goes: an hour is coarse where levels step. */
  private static final double LOW = 0.002;

  private static final double HIGH = 0.998;

  private final float[] offsets;

  /** The median of the offsets of the day before each hour; one, where all days are alike. */
  private final float[] middles;

  private final float level;
  private final float low;
  private final float high;

  private Season(float[] offsets, float level, float low, float high) {
    this.offsets = offsets;
    this.level = level;
    this.low = low;
    this.high = high;
    middles = new float[offsets.length == DAY ? 1 : offsets.length];
    float[] sorted = new float[DAY];
    for (int end = 0; end < middles.length; end++) {
      for (int i = 0; i < DAY; i++) {
        sorted[i] = offsets[(end + offsets.length - 1 - i) % offsets.length];
      }
      Arrays.sort(sorted);
      middles[end] = (sorted[DAY / 2 - 1] + sorted[DAY / 2]) / 2;
    }
  }

  /**
   * The rhythm of a window of slots: that of the week where two weeks are known and it explains
   * clearly more than that of the day, else that of the day.
   *
   * @param values oldest first, NaN where a slot is empty
   * @param endMillis where the last slot ends
   * @return null when there are too few days, or what they have in common explains too little
   */
  static @Nullable Season of(double[] values, long slotMillis, long endMillis) {
    Season week = of(Rhythm.WEEK, values, slotMillis, endMillis);
    return week != null ? week : of(Rhythm.DAY, values, slotMillis, endMillis);
  }

  private static @Nullable Season of(
      Rhythm rhythm, double[] values, long slotMillis, long endMillis) {
    int perPeriod = (int) (rhythm.hours() * HOUR / slotMillis);
    int periods = values.length / Math.max(1, perPeriod);
    if (slotMillis > HOUR || periods < rhythm.fewest()) {
      return null;
    }
    double[][] bins = new double[periods][];
    double[] levels = new double[periods];
    int known = 0;
    for (int p = 0; p < periods; p++) {
      int from = values.length - (p + 1) * perPeriod;
      double[] period = bins(rhythm, values, from, perPeriod, slotMillis, endMillis);
      double level = mean(rhythm, period);
      if (!Double.isNaN(level)) {
        bins[known] = period;
        levels[known++] = level;
      }
    }
    if (known < rhythm.fewest()) {
      return null;
    }
    for (int p = 0; p < known; p++) {
      for (int h = 0; h < bins[p].length; h++) {
        bins[p][h] -= levels[p];
      }
    }
    float[] offsets = offsets(Arrays.copyOf(bins, known), rhythm);
    if (offsets == null || !explains(rhythm, Arrays.copyOf(bins, known), offsets)) {
      return null;
    }
    Season bare = new Season(offsets, 0, 0, 0);
    double[] rest = bare.rest(rhythm, values, perPeriod, slotMillis, endMillis);
    double level = TheilSen.median(Arrays.copyOf(levels, known));
    double low = rhythm.widens(known) * rest[(int) (LOW * (rest.length - 1))];
    double high = rhythm.widens(known) * rest[(int) Math.ceil(HIGH * (rest.length - 1))];
    boolean fits = Math.max(Math.abs(level), Math.abs(high - low)) < Float.MAX_VALUE / 4;
    return fits ? new Season(offsets, (float) level, (float) low, (float) high) : null;
  }

  /** Medians by hour; null where an hour is known of too few periods. */
  private static float @Nullable [] offsets(double[][] bins, Rhythm rhythm) {
    float[] offsets = new float[rhythm.hours()];
    double[] column = new double[bins.length * bins[0].length / offsets.length];
    for (int h = 0; h < offsets.length; h++) {
      int n = 0;
      for (double[] period : bins) {
        for (int i = h; i < period.length; i += offsets.length) {
          if (!Double.isNaN(period[i])) {
            column[n++] = period[i];
          }
        }
      }
      if (n < rhythm.fewest() - 1) {
        return null;
      }
      offsets[h] = (float) TheilSen.median(Arrays.copyOf(column, n));
    }
    return offsets;
  }

  /** Whether enough of the variance within periods, or of what the day's rhythm leaves of it. */
  private static boolean explains(Rhythm rhythm, double[][] bins, float[] offsets) {
    float[] shorter = rhythm == Rhythm.DAY ? new float[DAY] : offsets(bins, Rhythm.DAY);
    double all = 0;
    double left = 0;
    for (int h = 0; shorter != null && h < offsets.length; h++) {
      for (double[] period : bins) {
        if (!Double.isNaN(period[h])) {
          double without = period[h] - shorter[h % DAY];
          double with = period[h] - offsets[h];
          all += without * without;
          left += with * with;
        }
      }
    }
    return left < (1 - rhythm.explains(bins.length)) * all;
  }

  /** Means by hour of the period; NaN for an hour without samples. */
  private static double[] bins(
      Rhythm rhythm, double[] values, int from, int count, long slotMillis, long endMillis) {
    double[] sums = new double[rhythm.hours()];
    int[] counts = new int[rhythm.hours()];
    for (int i = from; i < from + count; i++) {
      if (!Double.isNaN(values[i])) {
        int hour = hour(endMillis - (values.length - i) * slotMillis, sums.length);
        sums[hour] += values[i];
        counts[hour]++;
      }
    }
    for (int h = 0; h < sums.length; h++) {
      sums[h] = counts[h] == 0 ? Double.NaN : sums[h] / counts[h];
    }
    return sums;
  }

  private static int hour(long timeMillis, int hours) {
    return (int) Math.floorMod(Math.floorDiv(timeMillis, HOUR), (long) hours);
  }

  private static double mean(Rhythm rhythm, double[] bins) {
    double sum = 0;
    int n = 0;
    for (double bin : bins) {
      if (!Double.isNaN(bin)) {
        sum += bin;
        n++;
      }
    }
    return n < rhythm.fewestHours() ? Double.NaN : sum / n;
  }

  /** What is left of every sample without its period's level and the rhythm, ascending. */
  private double[] rest(
      Rhythm rhythm, double[] values, int perPeriod, long slotMillis, long endMillis) {
    double[] rest = new double[values.length];
    int n = 0;
    for (int to = values.length; to >= perPeriod; to -= perPeriod) {
      double level =
          mean(rhythm, bins(rhythm, values, to - perPeriod, perPeriod, slotMillis, endMillis));
      for (int i = to - perPeriod; i < to && !Double.isNaN(level); i++) {
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

  /** How far above its level a time lies, linear between the middles of hours. */
  public double at(long timeMillis) {
    long shifted = timeMillis - HOUR / 2;
    int hour = hour(shifted, offsets.length);
    double share = Math.floorMod(shifted, HOUR) / (double) HOUR;
    return offsets[hour] * (1 - share) + offsets[(hour + 1) % offsets.length] * share;
  }

  /** How far above the level the median of a day lies that ends at a time. */
  double middle(long endMillis) {
    return middles[hour(endMillis + HOUR / 2, middles.length)];
  }

  /** The level of the middle one of the periods. */
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

  /** Whether it is that of the week. */
  boolean isWeekly() {
    return offsets.length == Rhythm.WEEK.hours();
  }

  /** Writes which rhythm it is, never 0, and the rhythm: that of a day as in every edition. */
  void encode(DataOutput out) throws IOException {
    out.writeByte(isWeekly() ? WEEKLY : DAILY);
    for (float offset : offsets) {
      out.writeFloat(offset);
    }
    out.writeFloat(level);
    out.writeFloat(low);
    out.writeFloat(high);
  }

  /** Reads what {@link #encode} wrote, or a single 0 for none. */
  static @Nullable Season decode(DataInput in) throws IOException {
    int rhythm = in.readUnsignedByte();
    if (rhythm == NONE) {
      return null;
    }
    if (rhythm > WEEKLY) {
      throw new IOException("damaged season: no rhythm is called " + rhythm);
    }
    float[] offsets = new float[(rhythm == WEEKLY ? Rhythm.WEEK : Rhythm.DAY).hours()];
    for (int h = 0; h < offsets.length; h++) {
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
