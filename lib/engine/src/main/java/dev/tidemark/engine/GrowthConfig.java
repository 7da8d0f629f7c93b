package dev.tidemark.engine;

import java.time.Duration;
import java.util.List;

/**
 * When growth counts as a leak. Every bound scales with the horizon: nothing in here assumes that a
 * horizon is an hour.
 *
 * @param horizons shortest first; each is cut into {@link #BLOCKS} blocks, so at least that many
 *     milliseconds
 * @param warmUp how long after a process start growth is not looked at
 * @param gates the thresholds
 */
public record GrowthConfig(List<Duration> horizons, Duration warmUp, Gates gates) {
  /** Blocks a horizon: 2 min of an hour, 48 min of a day. */
  public static final int BLOCKS = 30;

  /** Days that are looked at beside the horizons, a point each. */
  public static final int DAYS = 14;

  public GrowthConfig {
    horizons = horizons.stream().sorted().distinct().toList();
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warmUp is " + warmUp + ", must not be negative");
    }
    for (Duration horizon : horizons) {
      if (horizon.toMillis() < BLOCKS) {
        throw new IllegalArgumentException(
            "horizon " + horizon + " is too short, the least is " + BLOCKS + " ms");
      }
    }
    if (horizons.size() > 16) {
      throw new IllegalArgumentException(horizons.size() + " horizons, at most 16 are kept");
    }
  }

  public GrowthConfig(List<Duration> horizons, Duration warmUp) {
    this(horizons, warmUp, Gates.defaults());
  }

  public static GrowthConfig defaults() {
    return new GrowthConfig(
        List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24)),
        Duration.ofMinutes(15));
  }

  /**
   * The thresholds that must all be passed; docs/engine.md says where each comes from.
   *
   * @param minBlocks filled blocks before anything is said
   * @param maxP largest one-sided Mann–Kendall p value
   * @param minTau smallest Kendall tau
   * @param minSignal smallest ratio of the rise to the noise around the line, on a full horizon;
   *     twice that where fewer blocks speak
   * @param minTail smallest slope of the last quarter, as a share of the whole slope
   * @param minUnusual smallest ratio of the rise to those that were usual over the same time
   * @param maxYesterday a rise is ordinary when the level at this time on a day before was within
   *     this share of the rise
   * @param reach the limit, or twice the expected level, is reached within this many horizons
   * @param confirmBlocks consecutive blocks on which all gates agree
   * @param releaseBlocks consecutive blocks without a rise after which a verdict is taken back
   */
  public record Gates(
      int minBlocks,
      double maxP,
      double minTau,
      double minSignal,
      double minTail,
      double minUnusual,
      double maxYesterday,
      double reach,
      int confirmBlocks,
      int releaseBlocks) {
    public Gates {
      if (minBlocks < 8 || minBlocks > BLOCKS) {
        throw new IllegalArgumentException(
            "minBlocks is " + minBlocks + ", must be 8 to " + BLOCKS);
      }
      if (confirmBlocks < 1 || releaseBlocks < 1) {
        throw new IllegalArgumentException("confirmBlocks and releaseBlocks must be at least 1");
      }
    }

    public static Gates defaults() {
      return new Gates(12, 0.01, 0.6, 4, 0.3, 1.5, 0.5, 30, 5, 6);
    }
  }
}
