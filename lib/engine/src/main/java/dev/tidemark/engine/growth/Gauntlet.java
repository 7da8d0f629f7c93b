package dev.tidemark.engine.growth;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Part;
import dev.tidemark.engine.growth.Evidence.Weight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates growth has to pass, as a pure function of a view.
 *
 * <p>The whole horizon is weighed first, then its last two thirds and its last two fifths: a steep
 * leak shows there long before it dominates the horizon. A part must stand out from the noise of
 * what came before it, and by twice as much. When the limit is closer than the horizon is long, the
 * last eight blocks are enough, also of the warm-up, and one gate against it is forgiven: not that
 * the level is usual.
 */
final class Gauntlet {
  private static final String USUAL = "the level is usual";
  private static final int[] PARTS = {GrowthConfig.BLOCKS * 2 / 3, GrowthConfig.BLOCKS * 2 / 5};
  private static final int LEAST_BEFORE = 6;
  private static final int URGENT_BLOCKS = 8;
  private static final int URGENT_CONFIRM = 2;

  /** Days from which a trend over days is looked at, and how many in a row confirm it. */
  private static final int LEAST_DAYS = 5;

  private static final int DAYS_CONFIRM = 2;
  private static final int[] DAYS_PARTS = {9, 7, 5};

  /** Five days that rise one after the other have a p of 0.014 in the normal approximation. */
  private static final double DAYS_P = 0.015;

  /** Points from which a window is long enough for the ordinary signal and tau. */
  private static final int LONG = 24;

  private static final double SHORT_TAU = 0.8;
  private static final double HALF_SHARE = 0.2;
  private static final double FLOOR_SHARE = 0.05;
  private static final double FLOOR_OF_WAY = 0.1;

  /** A smallest band is too coarse where the limit is nearer than four of them. */
  private static final double BAND_OF_WAY = 0.25;

  /** Doubling the expected level counts like reaching a limit, within a third of the reach. */
  private static final double DOUBLING = 1.0 / 3;

  private final JudgeConfig config;
  private final GrowthConfig.Gates gates;
  private final Stake stake;

  Gauntlet(JudgeConfig config) {
    this.config = config;
    gates = config.growth().gates();
    stake = new Stake(config);
  }

  Evidence weigh(View view) {
    int least = view.days() ? LEAST_DAYS : gates.minBlocks();
    int n = view.points().size();
    MannKendall.Pairs pairs = new MannKendall.Pairs(view.points().y());
    Evidence best =
        n < least
            ? Evidence.none("has " + n + " of " + least + " blocks")
            : weigh(new Shape(view.points(), pairs.from(0), () -> 0), view);
    if (view.days()) {
      for (int part : DAYS_PARTS) {
        if (best.weight() != Weight.FULL && n > part) {
          Evidence evidence = weigh(end(view.points(), pairs.from(n - part), part), view);
          best = evidence.weight().compareTo(best.weight()) > 0 ? evidence : best;
        }
      }
      return best;
    }
    for (int part : PARTS) {
      if (best.weight() != Weight.FULL && part >= least && n >= part + LEAST_BEFORE) {
        MannKendall trend = pairs.from(n - part);
        if (rises(trend, part)) {
          Evidence evidence = weigh(end(view.points(), trend, part), view);
          best = evidence.weight().compareTo(best.weight()) > 0 ? evidence : best;
        }
      }
    }
    if (best.confirmBlocks() == 0 && view.all().size() >= URGENT_BLOCKS) {
      MannKendall trend =
          n >= URGENT_BLOCKS
              ? pairs.from(n - URGENT_BLOCKS)
              : MannKendall.of(view.all().last(URGENT_BLOCKS).y());
      Shape end = end(view.all(), trend, URGENT_BLOCKS);
      if (rises(trend, URGENT_BLOCKS) && close(end, view)) {
        Evidence evidence = weigh(end, view.unborn());
        best = evidence.confirmBlocks() > 0 ? evidence : best;
      }
    }
    return best;
  }

  private static Shape end(Points points, MannKendall trend, int part) {
    int rest = points.size() - part;
    return new Shape(
        points.last(part),
        trend,
        () -> rest < LEAST_BEFORE ? 0 : TheilSen.scatter(points.y(), 0, rest));
  }

  private static boolean close(Shape shape, View view) {
    double toLimit = (view.around().limit() - shape.last()) / shape.perSecond();
    return shape.perSecond() > 0 && toLimit <= view.horizonMillis() / 1000.0;
  }

  private Evidence weigh(Shape shape, View view) {
    double p = shape.trend().pValue();
    if (p > (view.days() ? DAYS_P : gates.maxP()) && !off(Part.TREND)) {
      return Evidence.still(shape, "does not rise, p = " + Numbers.brief(p));
    }
    Surroundings around = view.around();
    double level =
        Double.isNaN(around.expected()) ? shape.last() - shape.rise() : around.expected();
    String flat = flat(shape, matters(level, around), around);
    if (flat == null && !view.days() && !off(Part.DAYS_BEFORE)) {
      double each = view.past().riseEachDay(shape.spanSeconds());
      flat = shape.rise() <= gates.minUnusual() * each ? "rises like this each day" : null;
    }
    if (flat != null) {
      return Evidence.of(Weight.FLAT, shape, false, 0, flat);
    }
    boolean tail = off(Part.TAIL) || shape.tail() >= gates.minTail() * shape.perSecond();
    List<String> misses = misses(shape, view, Math.max(Math.abs(level), around.smallestBand()));
    if (!tail) {
      misses.add(0, "it levels off");
    }
    String found =
        "rising "
            + Numbers.rate(shape.perSecond(), shape.spanSeconds(), around.measure())
            + " for "
            + Numbers.time(shape.spanSeconds())
            + ", p = "
            + Numbers.brief(shape.trend().pValue());
    String missing = misses.size() > 1 ? "" : stake.missing(shape, view);
    boolean close = close(shape, view);
    boolean forgiven =
        misses.size() == 1 && close && missing == null && !misses.get(0).equals(USUAL);
    if (misses.isEmpty() || forgiven) {
      int blocks = view.days() ? DAYS_CONFIRM : close ? URGENT_CONFIRM : gates.confirmBlocks();
      return missing == null
          ? Evidence.of(Weight.FULL, shape, tail, blocks, found + reaches(shape, around))
          : Evidence.of(
              wanders(shape, view) ? Weight.WANDERING : Weight.FULL,
              shape,
              tail,
              0,
              found + ", but " + missing);
    }
    Weight weight = misses.size() == 1 ? Weight.NEAR : Weight.RISING;
    return Evidence.of(weight, shape, tail, 0, found + ", but " + String.join(" and ", misses));
  }

  private boolean wanders(Shape shape, View view) {
    return !view.days() && !off(Part.AUTOCORRELATION) && shape.carefulP() > gates.maxP();
  }

  /** A rise that is less than this is not looked at. */
  private static double matters(double level, Surroundings around) {
    double share = FLOOR_SHARE * Math.abs(level);
    double way = around.limit() - level;
    return way > 0
        ? Math.max(
            Math.min(around.smallestBand(), BAND_OF_WAY * way), Math.min(share, FLOOR_OF_WAY * way))
        : Math.max(around.smallestBand(), share);
  }

  private boolean rises(MannKendall trend, int count) {
    return (off(Part.STEADY) || trend.tau() >= minTau(count))
        && (off(Part.TREND) || trend.pValue() <= gates.maxP());
  }

  private boolean off(Part part) {
    return !config.uses(part);
  }

  private double minTau(int count) {
    return count >= LONG ? gates.minTau() : Math.max(gates.minTau(), SHORT_TAU);
  }

  /** The gates without which there is no rise at all; null when all agree. */
  private @Nullable String flat(Shape shape, double matters, Surroundings around) {
    if (!(shape.perSecond() > 0)) { // most pairs are equal
      return "rises in a few steps only";
    }
    if (shape.trend().tau() < minTau(shape.count()) && !off(Part.STEADY)) {
      return "rises unsteadily, tau = " + Numbers.brief(shape.trend().tau());
    }
    String rose = "rose by " + around.amount(shape.rise());
    if (shape.rise() < matters && !off(Part.MATTERS)) {
      return rose + ", less than " + around.amount(matters);
    }
    double signal = shape.count() >= LONG ? gates.minSignal() : 2 * gates.minSignal();
    double noise = shape.noise();
    if (shape.rise() < signal * noise && !off(Part.SIGNAL)) {
      return rose + " in noise of " + around.amount(noise);
    }
    boolean halves = off(Part.HALVES) || shape.weakerHalf() >= HALF_SHARE * shape.perSecond();
    return halves ? null : "rose in one half only";
  }

  /** The gates that tell a leak from an ordinary rise; dear ones last, none after two misses. */
  private List<String> misses(Shape shape, View view, double level) {
    List<String> misses = new ArrayList<>(0);
    double reachSeconds = gates.reach() * view.horizonMillis() / 1000;
    double toDouble = level / shape.perSecond();
    double toLimit = (view.around().limit() - shape.last()) / shape.perSecond();
    boolean reached = toDouble <= reachSeconds * DOUBLING || toLimit <= reachSeconds;
    if (!reached && !off(Part.REACH)) {
      misses.add("it would take too long to matter");
    }
    if (view.days()) {
      return misses;
    }
    Past past = view.past();
    double before = past.sameTimeOnDaysBefore(view.horizonMillis());
    boolean asBefore = shape.last() <= before + gates.maxYesterday() * shape.rise();
    if (asBefore && !off(Part.DAYS_BEFORE)) {
      misses.add("a day before was as high");
    }
    if (misses.size() < 2 && !off(Part.LEVEL) && isUsual(shape, view)) {
      misses.add(USUAL);
    }
    if (misses.size() < 2
        && !off(Part.RISE)
        && shape.rise() <= gates.minUnusual() * past.usualRise(shape.spanSeconds())) {
      misses.add("such a rise is usual");
    }
    return misses;
  }

  /** What it came down from by itself, today or the day before, is usual as well. */
  private static boolean isUsual(Shape shape, View view) {
    return shape.last() <= view.fellFrom() || shape.last() <= view.past().usualLevel();
  }

  private static String reaches(Shape shape, Surroundings around) {
    double limit = around.limit();
    if (Double.isNaN(limit)) {
      return "";
    }
    double seconds = Math.max(0, (limit - shape.last()) / shape.perSecond());
    return ", reaches " + around.amount(limit) + " in " + Numbers.time(seconds);
  }
}
