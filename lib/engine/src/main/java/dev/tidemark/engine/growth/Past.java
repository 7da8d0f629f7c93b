package dev.tidemark.engine.growth;

import dev.tidemark.engine.Prior;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.baseline.Baseline;
import dev.tidemark.engine.baseline.Season;
import java.util.Arrays;

/**
 * What the longest window remembers, reduced like blocks: levels and rises that were usual. Worked
 * out by a walk over the window, only for the few rises that come so far.
 */
final class Past {
  private static final long DAY = 86_400_000L;
  private static final int DAYS = 7;

  /** Days whose middle one tells what happens each day. */
  private static final int FEWEST_DAYS = 2;

  /** A line through what is remembered of a day before goes through so many points. */
  private static final int MOST_POINTS = 12;

  private static final int LEAST_POINTS = 3;

  private static final double USUAL_RISE = 0.99;

  /** A week's 97th percentile is five hours behind a leak that nobody noticed. */
  private static final double USUAL_LEVEL = 0.97;

  private static final double HEADROOM = 1.25;

  /** Slots that make one level: troughs need several, so that one is near a garbage collection. */
  private static final int LEAST_SLOTS = 3;

  /** Levels from which one can tell what is usual. */
  private static final int ENOUGH = 8;

  private final Surroundings around;
  private final Reduce reduce;
  private final long nowMillis;

  Past(Surroundings around, Reduce reduce, long nowMillis) {
    this.around = around;
    this.reduce = reduce;
    this.nowMillis = nowMillis;
  }

  /**
   * What the level seldom exceeds, a quarter above the way there from the median. Until the series
   * has seen a day of its own, what the workload reaches counts as usual too: a pod that is born in
   * the morning must not take the morning for a leak.
   *
   * @return NaN when neither is known
   */
  double usualLevel() {
    double[] levels = known(levels(LEAST_SLOTS, 1));
    double own = beyond(quantile(levels, 0.5), quantile(levels, USUAL_LEVEL));
    Prior prior = around.prior();
    boolean young = around.baseline().learntMillis() < DAY;
    if (young && prior != null && around.hasPrior()) {
      double others = beyond(prior.quantile(0.5), prior.quantile(USUAL_LEVEL));
      return Double.isNaN(own) ? others : Math.max(own, others);
    }
    return own;
  }

  private static double beyond(double middle, double high) {
    return middle + HEADROOM * (high - middle);
  }

  /**
   * The rise over a time that is seldom exceeded, leaving out the last such time itself.
   *
   * @return NaN when there is too little past, or it is coarser than the time
   */
  double usualRise(double seconds) {
    Baseline baseline = around.baseline();
    long slot = baseline.longestSlotMillis();
    int slots = (int) Math.round(seconds * 1000 / slot);
    if (slots < 1) {
      return Double.NaN;
    }
    int width = Math.max(LEAST_SLOTS, slots / 4);
    int stride = Math.max(1, width / 2);
    double[] levels = levels(width, stride);
    int apart = Math.max(1, Math.round(slots / (float) stride));
    double[] rises = new double[levels.length];
    int n = 0;
    for (int i = apart; i < levels.length - apart; i++) {
      double rise = levels[i] - levels[i - apart];
      if (!Double.isNaN(rise)) {
        rises[n++] = rise;
      }
    }
    return quantile(known(Arrays.copyOf(rises, n)), USUAL_RISE);
  }

  /**
   * The highest level of the same time on the days before.
   *
   * @return NaN when no day before is known, or only coarser than a quarter of the horizon
   */
  double sameTimeOnDaysBefore(long horizonMillis) {
    Baseline baseline = around.baseline();
    double highest = Double.NaN;
    long slot = baseline.longestSlotMillis();
    if (slot * 4 > horizonMillis) {
      return highest;
    }
    for (int day = 1; day <= DAYS; day++) {
      BlockReducer level = new BlockReducer(reduce);
      for (int i = -2; i <= 2; i++) {
        add(level, baseline.at(nowMillis - day * DAY + i * slot));
      }
      if (!level.isEmpty()) {
        highest = Double.isNaN(highest) ? level.point() : Math.max(highest, level.point());
      }
    }
    return highest;
  }

  /**
   * The rise over a time that ends at this time of day, or minutes from it, on the middle one of
   * the days before, with the rhythm taken off. What is left there again and again is an edge that
   * is sharper than the hours the rhythm is known by. What each day adds for good is no part of it:
   * a leak may rise in a few busy hours by all that.
   *
   * @return NaN without a rhythm, when too few days are known or they are coarser than the time
   */
  double riseEachDay(double seconds) {
    Baseline baseline = around.baseline();
    Season season = baseline.season();
    long slot = baseline.longestSlotMillis();
    long span = Math.round(seconds * 1000);
    if (season == null || slot * (LEAST_POINTS - 1) > span) {
      return Double.NaN;
    }
    double[] rises = new double[DAYS];
    double[] drifts = new double[DAYS];
    double dayAfter = Double.NaN;
    for (int day = 1; day <= DAYS; day++) {
      long end = nowMillis - day * DAY;
      double rise = Double.NaN;
      for (int i = -2; i <= 2; i++) {
        double one = rise(end + i * slot, span, season);
        rise = Double.isNaN(one) || rise >= one ? rise : one;
      }
      rises[day - 1] = rise;
      double level = baseline.at(end);
      drifts[day - 1] = dayAfter - level;
      dayAfter = level;
    }
    double drift = middle(drifts);
    return middle(rises) - (Double.isNaN(drift) ? 0 : Math.max(drift, drift * span / DAY));
  }

  /** How a line rises through what is remembered of a time, reduced and moved as blocks are. */
  private double rise(long endMillis, long spanMillis, Season season) {
    long slot = around.baseline().longestSlotMillis();
    int slots = (int) (spanMillis / slot);
    int width = (slots + MOST_POINTS - 1) / MOST_POINTS;
    double[] x = new double[slots / width + 1];
    double[] y = new double[x.length];
    int n = 0;
    BlockReducer level = new BlockReducer(reduce);
    for (int i = x.length - 1; i >= 0; i--) {
      for (int j = 0; j < width; j++) {
        long at = endMillis - (i * width + j) * slot;
        add(level, around.baseline().at(at) + season.at(nowMillis) - season.at(at));
      }
      if (!level.isEmpty()) {
        x[n] = -(double) i * width * slot;
        y[n++] = level.point();
        level.clear();
      }
    }
    return n < LEAST_POINTS ? Double.NaN : TheilSen.slope(x, y, 0, n) * spanMillis;
  }

  private static double middle(double[] values) {
    double[] known = known(values);
    return known.length < FEWEST_DAYS ? Double.NaN : known[(known.length - 1) / 2];
  }

  /**
   * Levels of the longest window, oldest first: every so many slots one, of that slot and those
   * before it.
   */
  private double[] levels(int width, int stride) {
    double[] slots = longest();
    double[] levels = new double[slots.length / stride];
    BlockReducer level = new BlockReducer(reduce);
    for (int i = 0; i < levels.length; i++) {
      int end = slots.length - (levels.length - 1 - i) * stride;
      for (int j = Math.max(0, end - width); j < end; j++) {
        add(level, slots[j]);
      }
      levels[i] = level.point();
      level.clear();
    }
    return levels;
  }

  /** The longest window as it would be at this time of day. */
  private double[] longest() {
    Baseline baseline = around.baseline();
    double[] slots = baseline.longest();
    Season season = baseline.season();
    if (season != null) {
      double now = season.at(nowMillis);
      long slot = baseline.longestSlotMillis();
      for (int i = 0; i < slots.length; i++) {
        slots[i] += now - season.at(baseline.longestEndMillis() - (slots.length - i) * slot);
      }
    }
    return slots;
  }

  private static void add(BlockReducer level, double value) {
    if (!Double.isNaN(value)) {
      level.add((float) value);
    }
  }

  private static double[] known(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
  }

  private static double quantile(double[] sorted, double q) {
    return sorted.length < ENOUGH ? Double.NaN : sorted[(int) (q * (sorted.length - 1))];
  }
}
