package dev.tidemark.engine.growth;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Part;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.growth.Evidence.Weight;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates growth has to pass, as a pure function of points and surroundings.
 *
 * <p>The whole horizon is weighed first, then its last two thirds and its last two fifths: a steep
 * leak shows there long before it dominates the horizon. A part must stand out from the noise of
 * what came before it, and by twice as much.
 */
final class Gauntlet {
  private static final int[] PARTS = {GrowthConfig.BLOCKS * 2 / 3, GrowthConfig.BLOCKS * 2 / 5};
  private static final int LEAST_BEFORE = 6;

  /** Points from which a window is long enough for the ordinary signal and tau. */
  private static final int LONG = 24;

  private static final double SHORT_TAU = 0.8;
  private static final double HALF_SHARE = 0.2;
  private static final double FLOOR_SHARE = 0.05;

  /** Doubling the expected level counts like reaching a limit, within a third of the reach. */
  private static final double DOUBLING = 1.0 / 3;

  private final JudgeConfig config;
  private final GrowthConfig.Gates gates;
  private final Reduce reduce;

  Gauntlet(JudgeConfig config, Reduce reduce) {
    this.config = config;
    gates = config.growth().gates();
    this.reduce = reduce;
  }

  /**
   * Weighs a horizon.
   *
   * @param nowMillis the time of the newest point
   */
  Evidence weigh(Points points, long horizonMillis, long nowMillis, Surroundings around) {
    int n = points.size();
    if (n < gates.minBlocks()) {
      return Evidence.none("has " + n + " of " + gates.minBlocks() + " blocks");
    }
    Moment moment = new Moment(horizonMillis, nowMillis, around);
    Evidence best = weigh(new Shape(points, MannKendall.of(points.y()), 0), moment);
    for (int part : PARTS) {
      if (best.weight() != Weight.FULL && part >= gates.minBlocks() && n >= part + LEAST_BEFORE) {
        Points end = points.last(part);
        MannKendall trend = MannKendall.of(end.y());
        if (rises(trend, part)) {
          double before = TheilSen.scatter(points.y(), 0, n - part);
          Evidence evidence = weigh(new Shape(end, trend, before), moment);
          best = evidence.weight().compareTo(best.weight()) > 0 ? evidence : best;
        }
      }
    }
    return best;
  }

  private record Moment(long horizonMillis, long nowMillis, Surroundings around) {}

  private Evidence weigh(Shape shape, Moment moment) {
    Surroundings around = moment.around();
    double level =
        Double.isNaN(around.expected()) ? shape.last() - shape.rise() : around.expected();
    double matters = Math.max(around.smallestBand(), FLOOR_SHARE * Math.abs(level));
    String flat = flat(shape, matters);
    if (flat != null) {
      return evidence(Weight.FLAT, shape, false, flat);
    }
    boolean tail = off(Part.TAIL) || shape.tail() >= gates.minTail() * shape.perSecond();
    List<String> misses = misses(shape, moment, Math.max(Math.abs(level), matters), tail);
    String found =
        "rising "
            + Numbers.rate(shape.perSecond(), shape.spanSeconds())
            + " for "
            + Numbers.time(shape.spanSeconds())
            + ", p = "
            + Numbers.brief(shape.trend().pValue());
    return switch (misses.size()) {
      case 0 -> evidence(Weight.FULL, shape, tail, found + reaches(shape, around.limit()));
      case 1 -> evidence(Weight.NEAR, shape, tail, found + ", but " + misses.get(0));
      default ->
          evidence(Weight.RISING, shape, tail, found + ", but " + String.join(" and ", misses));
    };
  }

  private boolean rises(MannKendall trend, int count) {
    return (off(Part.TREND) || trend.pValue() <= gates.maxP())
        && (off(Part.STEADY) || trend.tau() >= minTau(count));
  }

  private boolean off(Part part) {
    return !config.uses(part);
  }

  private double minTau(int count) {
    return count >= LONG ? gates.minTau() : Math.max(gates.minTau(), SHORT_TAU);
  }

  /** The gates without which there is no rise at all; null when all agree. */
  private @Nullable String flat(Shape shape, double matters) {
    boolean trend = off(Part.TREND) || shape.trend().pValue() <= gates.maxP();
    if (!(shape.perSecond() > 0) || !trend) {
      return "does not rise, p = " + Numbers.brief(shape.trend().pValue());
    }
    if (!rises(shape.trend(), shape.count())) {
      return "rises unsteadily, tau = " + Numbers.brief(shape.trend().tau());
    }
    String rose = "rose by " + Numbers.brief(shape.rise());
    if (shape.rise() < matters && !off(Part.MATTERS)) {
      return rose + ", less than " + Numbers.brief(matters);
    }
    double signal = shape.count() >= LONG ? gates.minSignal() : 2 * gates.minSignal();
    double noise = shape.noise();
    if (shape.rise() < signal * noise && !off(Part.SIGNAL)) {
      return rose + " in noise of " + Numbers.brief(noise);
    }
    boolean halves = off(Part.HALVES) || shape.weakerHalf() >= HALF_SHARE * shape.perSecond();
    return halves ? null : "rose in one half only";
  }

  /** The gates that tell a leak from an ordinary rise; dear ones last, none after two misses. */
  private List<String> misses(Shape shape, Moment moment, double level, boolean tail) {
    List<String> misses = new ArrayList<>(0);
    if (!tail) {
      misses.add("it levels off");
    }
    double reachSeconds = gates.reach() * moment.horizonMillis() / 1000;
    double toDouble = level / shape.perSecond();
    double toLimit = (moment.around().limit() - shape.last()) / shape.perSecond();
    boolean reached = toDouble <= reachSeconds * DOUBLING || toLimit <= reachSeconds;
    if (!reached && !off(Part.REACH)) {
      misses.add("it would take too long to matter");
    }
    Past past = new Past(moment.around(), reduce, moment.nowMillis());
    double before = past.sameTimeOnDaysBefore(moment.horizonMillis());
    boolean asBefore = shape.last() <= before + gates.maxYesterday() * shape.rise();
    if (asBefore && !off(Part.DAYS_BEFORE)) {
      misses.add("a day before was as high");
    }
    if (misses.size() < 2 && !off(Part.LEVEL) && shape.last() <= past.usualLevel()) {
      misses.add("the level is usual");
    }
    if (misses.size() < 2
        && !off(Part.RISE)
        && shape.rise() <= gates.minUnusual() * past.usualRise(shape.spanSeconds())) {
      misses.add("such a rise is usual");
    }
    return misses;
  }

  private static Evidence evidence(Weight weight, Shape shape, boolean tail, String reason) {
    return new Evidence(
        weight, shape.perSecond(), shape.spanSeconds(), shape.trend().pValue(), tail, reason);
  }

  private static String reaches(Shape shape, double limit) {
    if (Double.isNaN(limit)) {
      return "";
    }
    double seconds = Math.max(0, (limit - shape.last()) / shape.perSecond());
    return ", reaches " + Numbers.brief(limit) + " in " + Numbers.time(seconds);
  }
}
