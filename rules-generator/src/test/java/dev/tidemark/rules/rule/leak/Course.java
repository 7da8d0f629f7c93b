package dev.tidemark.rules.rule.leak;

import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.Sample;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.signals.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two days of a service's goroutines, one a minute, as leak rules are commonly tried on.
 *
 * @param name of the pod, too
 * @param restart the minute at which the process starts anew; 0: never
 * @param values NaN where a scrape failed
 */
record Course(String name, int restart, List<Double> values) {
  static final int MINUTES = 48 * 60;

  /** A midnight, so that a day of the course is a day. */
  static final long START_SECONDS = 1_700_006_400;

  /** Where leaks and steps begin. */
  static final int BEGINS = 30 * 60;

  static final int SLOW_BEGINS = 24 * 60;

  private static final double LEVEL = 200;
  private static final long SEED = 4;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The exporter withdraws what it said when it is older. */
  private static final int WITHDRAWN = 5;

  static List<Course> all() {
    return List.of(
        of("flat", 0, i -> LEVEL),
        of("noise", 0, i -> LEVEL + 20 * gauss(i)),
        of("leak", 0, i -> near(LEVEL, i) + 2.0 * Math.max(0, i - BEGINS)),
        of("slow-leak", 0, i -> near(LEVEL, i) + 0.2 * Math.max(0, i - SLOW_BEGINS)),
        of("step", 0, i -> near(i < BEGINS ? LEVEL : 10 * LEVEL, i)),
        of("day-and-night", 0, i -> 500 - 300 * Math.cos(2 * Math.PI * i / 1440) + 5 * gauss(i)),
        of("restart", BEGINS, i -> i < BEGINS ? near(LEVEL, i) : near(filled(i - BEGINS), i)),
        of("leak-restart", BEGINS + 600, Course::untilRestart),
        of("leak-gap", 0, i -> missed(i) ? Double.NaN : near(LEVEL, i) + 2.0 * since(i)));
  }

  /** What the exporter's engine says of it, one a minute; NaN where it says nothing. */
  List<Double> leakStates() {
    Signal signal = Signals.signal("goroutines");
    SeriesShape shape =
        new SeriesShape(
            Side.valueOf(signal.side().name()),
            Reduce.valueOf(signal.reduce().name()),
            signal.smallestBand());
    Judge judge = new Judge(shape, JudgeConfig.defaults(MINUTE));
    List<Double> states = new ArrayList<>();
    Judgement last = null;
    int lastAt = 0;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (!Double.isNaN(value)) {
        last = judge.observe(new Sample(millis(i), value, Double.NaN, startMillis(i)), null);
        lastAt = i;
      }
      states.add(said(last, i - lastAt));
    }
    return states;
  }

  long startMillis(int minute) {
    return restart > 0 && minute >= restart ? millis(restart) : millis(-10 * 1440);
  }

  static long millis(int minute) {
    return 1000 * (START_SECONDS + 60L * minute);
  }

  private static double said(@Nullable Judgement judgement, int age) {
    return judgement == null || age >= WITHDRAWN ? Double.NaN : judgement.leakState().code();
  }

  private static Course of(String name, int restart, IntToDoubleFunction values) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      all.add(Math.rint(values.applyAsDouble(i)));
    }
    return new Course(name, restart, List.copyOf(all));
  }

  private static double untilRestart(int i) {
    return near(LEVEL, i) + (i < BEGINS + 600 ? 2.0 * since(i) : 0);
  }

  private static int since(int i) {
    return Math.max(0, i - BEGINS);
  }

  /** A few scrapes that fail while it leaks. */
  private static boolean missed(int i) {
    return i >= BEGINS + 150 && i < BEGINS + 154;
  }

  /** A cache that fills within half an hour. */
  private static double filled(int minutes) {
    return Math.min(LEVEL, LEVEL / 10 + 6.0 * minutes);
  }

  /** Noise of 2 %. */
  private static double near(double level, int i) {
    return level * (1 + 0.02 * gauss(i));
  }

  private static double gauss(int i) {
    return new Random(SEED * 1_000_003 + i * 0x9E3779B97F4A7C15L).nextGaussian();
  }
}
