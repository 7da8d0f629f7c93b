package dev.tidemark.engine.baseline;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Peers;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import org.jspecify.annotations.Nullable;

/**
 * The line a series normally follows and the band around it; all NaN when nothing is known.
 *
 * <p>Expected is the median of the last day that was learnt; the band spans the 1st to the 99th
 * percentile of every window that holds enough, the widest wins, with a quarter on top. Without the
 * quarter a healthy series is outside for one sample in a hundred.
 *
 * @param expected median
 * @param upper at least {@code floor} above expected
 * @param lower at least {@code floor} below expected, but not below 0 when no low quantile is
 * @param floor max(smallest band, 5 % of expected)
 */
public record Band(double expected, double upper, double lower, double floor) {
  private static final double DAY = 86_400_000.0;
  private static final double HIGH = 0.99;
  private static final double LOW = 0.01;
  private static final double HEADROOM = 1.25;

  /** A tenth of normally scattered members is 1.3 standard deviations away: 3.2 are odd. */
  private static final double PEERS_APART = 2.5;

  private static final double FLOOR_SHARE = 0.05;

  /** Further away than this is not told apart, so that a score is always finite. */
  private static final double FURTHEST = 1000;

  private static final Quantiles UNKNOWN = new Quantiles(Double.NaN, Double.NaN, Double.NaN);

  private record Quantiles(double low, double median, double high) {
    Quantiles mixed(Quantiles other, double share) {
      return new Quantiles(
          mix(low, other.low, share),
          mix(median, other.median, share),
          mix(high, other.high, share));
    }

    /** Levels and rhythm are summed, which knows nothing of an edge that nothing passes. */
    Quantiles notBelowZero() {
      return new Quantiles(Math.max(0, low), Math.max(0, median), Math.max(0, high));
    }

    private static double mix(double mine, double others, double share) {
      return mine * share + others * (1 - share);
    }
  }

  /**
   * The band before a sample is learnt.
   *
   * <p>The prior speaks alone until the series has {@code minSamples} of its own, and fades out as
   * the series has learnt a day (or its longest window, where that is shorter).
   */
  public static Band of(
      Baseline baseline,
      JudgeConfig config,
      SeriesShape shape,
      @Nullable Prior prior,
      long timeMillis) {
    Season season = baseline.season();
    Quantiles own =
        season == null ? own(baseline, config) : seasonal(baseline, config, season, timeMillis);
    boolean known = !Double.isNaN(own.median());
    if (prior != null && prior.samples() >= config.minSamples()) {
      double share = known ? Math.min(1, baseline.learntMillis() / dayOf(config)) : 0;
      if (share < 1) {
        Quantiles others =
            new Quantiles(prior.quantile(LOW), prior.quantile(0.5), prior.quantile(HIGH));
        own = known ? own.mixed(others, share) : others;
      }
    }
    return around(own, shape);
  }

  /**
   * The rhythm at a time on the level of the last day, or of the middle one of the last days or
   * weeks while that day is almost empty. The band holds both levels: a Monday is no Sunday.
   */
  private static Quantiles seasonal(
      Baseline baseline, JudgeConfig config, Season season, long timeMillis) {
    int level = levelWindow(baseline, config);
    double usual = season.level();
    boolean day =
        level >= 0
            && level < baseline.windows() - 1
            && baseline.filled(level) * 4L >= 3L * config.windows().get(level).slots()
            && config.windows().get(level).length().toMillis() == DAY;
    double now =
        day ? baseline.quantile(level, 0.5) - season.middle(baseline.endMillis(level)) : usual;
    double rhythm = season.at(timeMillis);
    Quantiles seasonal =
        new Quantiles(
            Math.min(now, usual) + rhythm + season.low(),
            now + rhythm,
            Math.max(now, usual) + rhythm + season.high());
    return seasonal.low() < 0 && own(baseline, config).low() >= 0
        ? seasonal.notBelowZero()
        : seasonal;
  }

  private static double dayOf(JudgeConfig config) {
    double longest = config.windows().get(config.windows().size() - 1).length().toMillis();
    return Math.min(DAY, longest);
  }

  private static Quantiles own(Baseline baseline, JudgeConfig config) {
    int level = levelWindow(baseline, config);
    if (level < 0) {
      return UNKNOWN;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < baseline.windows(); i++) {
      if (baseline.hasEnough(i, config.minSamples())) {
        low = Math.min(low, baseline.quantile(i, LOW));
        high = Math.max(high, baseline.quantile(i, HIGH));
      }
    }
    return new Quantiles(low, baseline.quantile(level, 0.5), high);
  }

  /**
   * The longest window of at most a day that holds enough, unless another has learnt four times
   * more than it holds of its own length: after a freeze the day is almost empty and the week is
   * not. Negative when no window holds enough.
   */
  private static int levelWindow(Baseline baseline, JudgeConfig config) {
    int level = -1;
    int most = -1;
    for (int i = 0; i < baseline.windows(); i++) {
      if (baseline.hasEnough(i, config.minSamples())) {
        if (level < 0 || config.windows().get(i).length().toMillis() <= DAY) {
          level = i;
        }
        if (most < 0 || baseline.learntMillis(i) > baseline.learntMillis(most)) {
          most = i;
        }
      }
    }
    if (level >= 0 && baseline.learntMillis(level) * 4 < baseline.learntMillis(most)) {
      boolean thin =
          baseline.learntMillis(level) * 4 < config.windows().get(level).length().toMillis();
      return thin ? most : level;
    }
    return level;
  }

  private static Band around(Quantiles q, SeriesShape shape) {
    double expected = q.median();
    double floor = Math.max(shape.smallestBand(), FLOOR_SHARE * Math.abs(expected));
    double upper = expected + Math.max(HEADROOM * (q.high() - expected), floor);
    double lower = expected - Math.max(HEADROOM * (expected - q.low()), floor);
    if (q.low() >= 0) {
      lower = Math.max(0, lower);
    }
    return new Band(expected, upper, lower, floor);
  }

  /** The band of the members of a workload: two and a half times as far as most of them are. */
  public static Band among(Peers peers, SeriesShape shape) {
    double median = peers.median();
    double floor = Math.max(shape.smallestBand(), FLOOR_SHARE * Math.abs(median));
    return new Band(
        median,
        median + Math.max(PEERS_APART * (peers.high() - median), floor),
        median - Math.max(PEERS_APART * (median - peers.low()), floor),
        floor);
  }

  /** How far outside a value is; NaN when the band is not known. */
  public double score(double value, Side side) {
    if (Double.isNaN(expected)) {
      return Double.NaN;
    }
    double high = distance(value - expected, Math.max(upper - expected, floor));
    double low = distance(expected - value, Math.max(expected - lower, floor));
    return switch (side) {
      case HIGH -> high;
      case LOW -> low;
      case BOTH -> Math.max(high, low);
    };
  }

  private static double distance(double difference, double width) {
    if (difference == 0) {
      return 0;
    }
    return Math.max(-FURTHEST, Math.min(FURTHEST, difference / width));
  }
}
