package dev.tidemark.engine.growth;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Part;
import org.jspecify.annotations.Nullable;

/**
 * How much is at stake: whether a rise that looks like a leak has come far enough to be called one.
 *
 * <p>What nobody has seen before may be a first morning or a cache that fills, so it has to come
 * further than what stands out from a known past: a third of the way to the limit instead of a
 * quarter, nearly half where it gets steeper as mornings do, or without a limit three times as high
 * instead of twice and faster than a morning. And a rise that slows down is carried on as it slows
 * down: an exponential approach whose plateau lies below the limit will not reach it.
 */
final class Stake {
  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;

  /** Share of the way to the limit that a rise has to come, with a past and without. */
  private static final double KNOWN = 0.25;

  private static final double UNKNOWN = 0.35;
  private static final double LIKE_A_MORNING = 0.45;
  private static final double DAYS = 0.2;

  /** Without a limit: by how many times its level it must have grown, with a past and without. */
  private static final double KNOWN_LEVELS = 1;

  private static final double UNKNOWN_LEVELS = 2;

  /** Nor does a limit that is far away need to be waited for: with a past, this is enough. */
  private static final double FAR_LEVELS = 2;

  private static final double ONE_RISE_TAU = 0.6;

  /** Of a line, in spite of noise. */
  private static final double STRAIGHT_TAU = 0.8;

  private static final double LIMITLESS = Double.POSITIVE_INFINITY;

  /** Slope of the second half by that of the first from which a rise does not slow down. */
  private static final double STEADY = 0.85;

  /** How many standard errors of the ratio of both slopes are left to noise. */
  private static final double DOUBT = 0.35;

  /**
   * The slope of n / 2 points varies by 12 × noise² / (n / 2)³ a step, squared; relative to the
   * rise over all n that is 96 / n × (noise / rise)², and twice as much for the ratio of two.
   */
  private static final double RATIO_VARIANCE = 192;

  /** A daily rhythm, from its lowest, seldom rises by more than its level in so long. */
  private static final double RHYTHM_SECONDS = HOUR;

  /** Seen from its middle it is straight, and higher already. */
  private static final double STRAIGHT_RHYTHM_SECONDS = 2 * HOUR;

  /** Slope of the second half by that of the first to which a rise counts as straight. */
  private static final double STRAIGHT = 1.4;

  /** Of what it has risen by: from here on it is on its way. */
  private static final double BEGUN = 0.1;

  /** What rises for so long is no half of a daily rhythm. */
  private static final double NO_RHYTHM_SECONDS = 0.75 * DAY;

  private final JudgeConfig config;

  Stake(JudgeConfig config) {
    this.config = config;
  }

  /**
   * Why the rise is no leak yet.
   *
   * @return null when it is one
   */
  @Nullable String missing(Shape shape, View view) {
    Surroundings around = view.around();
    Points whole = view.whole().points();
    double limit = around.limit();
    double level = level(shape, view);
    double used = shape.last() - level;
    if (used > 0 && (around.known() || view.days())) {
      used = Math.max(used, shape.rise());
    }
    if (config.uses(Part.PLATEAU)) {
      double toCome = toCome(shape.points());
      if (whole != null && isOf(whole, used)) {
        toCome = Math.min(toCome, toCome(whole));
      }
      double plateau = shape.last() + toCome;
      if (plateau < (Double.isNaN(limit) ? shape.last() + used : limit)) {
        return "it slows down towards " + around.amount(plateau);
      }
    }
    if (!config.uses(Part.STAKE)) {
      return null;
    }
    boolean shared = around.isShared(shape.rise(), shape.spanSeconds());
    boolean known =
        (around.known() && !shared)
            || around.isAlone(shape.rise(), shape.spanSeconds())
            || (whole != null && noRhythm(whole));
    double size = Math.max(Math.abs(level), around.smallestBand());
    boolean straight = around.known() || whole == null || isStraight(whole);
    double asFast = known ? 0 : asFast(seconds(shape, view, whole, level + BEGUN * used), straight);
    if (Double.isNaN(limit)) {
      double need = known ? KNOWN_LEVELS : Math.max(UNKNOWN_LEVELS, asFast);
      return used >= need * size ? null : "it grew by " + percent(used / size, need);
    }
    double way = used / (limit - level);
    boolean morning = !straight && used < asFast * size;
    double need = view.days() ? DAYS : known ? KNOWN : morning ? LIKE_A_MORNING : UNKNOWN;
    boolean tripled = around.known() && !shared && used >= FAR_LEVELS * size;
    return shape.last() >= limit || way >= need || tripled
        ? null
        : "it came " + percent(way, need) + " on the way to " + around.amount(limit);
  }

  /** Whether the whole life is one rise, the one that is looked at. */
  private static boolean isOf(Points whole, double used) {
    double rise = TheilSen.slope(whole.x(), whole.y(), 0, whole.size()) * whole.span();
    return rise >= used / 2 && MannKendall.of(whole.y()).tau() >= ONE_RISE_TAU;
  }

  private static double level(Shape shape, View view) {
    double start = shape.points().y()[0];
    if (view.around().known()) {
      return view.days() ? Math.min(start, view.around().expected()) : view.around().expected();
    }
    return Math.min(start, Double.isNaN(view.birth()) ? view.all().y()[0] : view.birth());
  }

  /** A rise over most of a day, as steep at its end as at its beginning. */
  private static boolean noRhythm(Points whole) {
    return whole.span() >= NO_RHYTHM_SECONDS
        && MannKendall.of(whole.y()).tau() >= STRAIGHT_TAU
        && toCome(whole) == LIMITLESS;
  }

  /** How many levels a morning may have risen by in that time. */
  private static double asFast(double seconds, boolean straight) {
    return seconds / (straight ? STRAIGHT_RHYTHM_SECONDS : RHYTHM_SECONDS);
  }

  /** How long it has been above a level, the time that is looked at in any case. */
  private static double seconds(Shape shape, View view, @Nullable Points whole, double level) {
    Points points = whole == null ? view.all() : whole;
    int i = points.size() - 1;
    while (i > 0 && points.y()[i] > level) {
      i--;
    }
    return Math.max(shape.spanSeconds(), -points.x()[i]);
  }

  private static boolean isStraight(Points whole) {
    int n = whole.size();
    double first = TheilSen.slope(whole.x(), whole.y(), 0, n / 2);
    double second = TheilSen.slope(whole.x(), whole.y(), n / 2, n);
    return first > 0 && second <= STRAIGHT * first;
  }

  private static String percent(double share, double need) {
    return Numbers.brief(Math.floor(100 * share)) + " of " + Numbers.brief(100 * need) + " %";
  }

  /**
   * By how much an exponential approach through the points still rises. With slopes a and b of the
   * two halves of a span w, y' decays as exp(−t / tau) with tau = (w / 2) / ln(a / b), and what is
   * still to come is tau × the slope at the end.
   *
   * @return infinite where the second half is not clearly slower
   */
  private static double toCome(Points points) {
    int n = points.size();
    double first = TheilSen.slope(points.x(), points.y(), 0, n / 2);
    double second = TheilSen.slope(points.x(), points.y(), n / 2, n);
    if (!(first > 0) || second >= STEADY * first) {
      return LIMITLESS;
    }
    if (second <= 0) {
      return 0;
    }
    if (second >= steady(points, first, second)) {
      return LIMITLESS;
    }
    double tau = points.span() / 2 / StrictMath.log(first / second);
    return tau * second * Math.sqrt(second / first);
  }

  /** From which second slope on a rise does not slow down, as far as its noise lets one tell. */
  private static double steady(Points points, double first, double second) {
    double slope = (first + second) / 2;
    double noise = TheilSen.through(points.x(), points.y(), slope).noise();
    double error = noise / (slope * points.span()) * Math.sqrt(RATIO_VARIANCE / points.size());
    return (STEADY - DOUBT * error) * first;
  }
}
