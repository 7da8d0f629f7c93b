package dev.tidemark.engine.window;

/**
 * Finite doubles as 16-bit codes that keep their order and 0.5 % of their size.
 *
 * <p>The logarithmic mapping of DDSketch (Masson, Rim, Lee: "DDSketch: A fast and fully-mergeable
 * quantile sketch with relative-error guarantees", VLDB 2019): a magnitude v falls into bucket k =
 * ⌈log_γ v⌉ with γ = (1 + α) / (1 − α), and 2γ^k / (γ + 1) stands for all of it, so the relative
 * error is at most α. With α = 0.005 the 32,767 buckets a sign run from 9e-72 to 1e71; smaller
 * magnitudes become 0, larger ones the last bucket. The codes 1 to 65,535 ascend with the value, 0
 * means "no sample".
 *
 * <p>{@link StrictMath} is used so that the same samples give the same codes on every machine.
 */
public final class LogCode {
  /** An empty slot. */
  public static final char NONE = 0;

  /** The largest relative error of a value that went through a code. */
  public static final double ALPHA = 0.005;

  private static final int ZERO = 1 << 15;
  private static final int BUCKETS = (1 << 15) - 1;
  private static final int OFFSET = 1 << 14;
  private static final double GAMMA = (1 + ALPHA) / (1 - ALPHA);
  private static final double LOG_GAMMA = StrictMath.log(GAMMA);
  private static final double MIDDLE = 2 / (GAMMA + 1);

  /**
   * Magnitudes by bucket, 256 KB for all series: quantiles decode far more often than they encode.
   */
  private static final double[] MAGNITUDES = new double[BUCKETS + 1];

  static {
    for (int bucket = 1; bucket <= BUCKETS; bucket++) {
      MAGNITUDES[bucket] = MIDDLE * StrictMath.exp((bucket - OFFSET) * LOG_GAMMA);
    }
  }

  private LogCode() {}

  /**
   * The code of a finite value.
   *
   * @throws IllegalArgumentException for NaN and the infinities
   */
  public static char encode(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " has no code");
    }
    double magnitude = Math.abs(value);
    if (magnitude == 0) {
      return (char) ZERO;
    }
    double k = Math.ceil(StrictMath.log(magnitude) / LOG_GAMMA) + OFFSET;
    if (k < 1) {
      return (char) ZERO;
    }
    int bucket = (int) Math.min(k, BUCKETS);
    return (char) (value > 0 ? ZERO + bucket : ZERO - bucket);
  }

  /**
   * The value a code stands for.
   *
   * @return NaN for {@link #NONE}
   */
  public static double decode(char code) {
    if (code == NONE) {
      return Double.NaN;
    }
    return code >= ZERO ? MAGNITUDES[code - ZERO] : -MAGNITUDES[ZERO - code];
  }
}
