package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is learnt of a history whose older part has only a sample for each slot of the week. */
class ThinHistoryTest {
  private static final long DAY = 86_400_000;
  private static final long HISTORY = 8 * DAY;
  private static final SeriesShape SHAPE = new SeriesShape(Side.HIGH, Reduce.TROUGH, 25);
  private static final JudgeConfig CONFIG = JudgeConfig.defaults();

  private record Case(String what, LongToDoubleFunction level, boolean leaks) {}

  private static final List<Case> CASES =
      List.of(
          new Case("flat", t -> 400, false),
          new Case("a daily wave", t -> 400 + 100 * wave(t), false),
          new Case("a step two days ago", t -> t < HISTORY - 2 * DAY ? 400 : 600, false),
          new Case("a leak for three days", t -> 400 + leaked(t, 3 * DAY, 8), true),
          new Case("a leak for half a day", t -> 400 + leaked(t, DAY / 2, 30), true));

  private static double wave(long millis) {
    return Math.sin(2 * Math.PI * millis / DAY);
  }

  /** What came since so long before the end, by so many an hour. */
  private static double leaked(long millis, long since, double perHour) {
    return Math.max(0, millis - (HISTORY - since)) / 3_600_000.0 * perHour;
  }

  @Test
  void says_the_same_of_the_present_as_the_whole_history() {
    for (Case c : CASES) {
      for (long seed = 1; seed <= 3; seed++) {
        String what = c.what() + ", seed " + seed;
        Judge whole = new Judge(SHAPE, CONFIG);
        Judge thin = new Judge(SHAPE, CONFIG);
        Judgement ofWhole = learnt(whole, c, seed, 0);
        Judgement ofThin = learnt(thin, c, seed, HISTORY - CONFIG.recent().toMillis());
        assertThat(ofWhole.leakState() != LeakState.NONE).as(what).isEqualTo(c.leaks());
        assertThat(ofThin.leakState() != LeakState.NONE).as(what).isEqualTo(c.leaks());
        // when the baseline froze differs by some hours of a leak that rises by 8 an hour
        double apart = c.leaks() ? 50 : 0.1 * (ofWhole.upper() - ofWhole.lower());
        assertThat(ofThin.expected()).as(what).isCloseTo(ofWhole.expected(), within(apart));
        assertThat(ofThin.upper()).as(what).isCloseTo(ofWhole.upper(), within(apart));
        assertThat(ofThin.growthPerSecond())
            .as(what)
            .isCloseTo(
                ofWhole.growthPerSecond(),
                within(0.25 * Math.abs(ofWhole.growthPerSecond()) + 2 / 3600.0));
        assertThat(ofThin.historyMillis())
            .as(what)
            .isCloseTo(ofWhole.historyMillis(), within(DAY / 4));
      }
    }
  }

  @Test
  void the_week_holds_the_same_samples() {
    Case flat = CASES.get(0);
    Judge whole = new Judge(SHAPE, CONFIG);
    Judge thin = new Judge(SHAPE, CONFIG);
    learnt(whole, flat, 7, 0);
    learnt(thin, flat, 7, HISTORY - CONFIG.recent().toMillis());
    for (int window = 0; window < CONFIG.windows().size(); window++) {
      assertThat(thin.trace(window)).as("window " + window).isEqualTo(whole.trace(window));
    }
  }

  private static Judgement learnt(Judge judge, Case c, long seed, long fineFrom) {
    Random random = new Random(seed);
    Judgement last = null;
    for (long t = 0; t < HISTORY; t += CONFIG.interval().toMillis()) {
      double noise = 8 * random.nextGaussian();
      if (t >= fineFrom || t % CONFIG.longestSlotMillis() == 0) {
        double value = Math.rint(c.level().applyAsDouble(t) + noise);
        last = judge.observe(new Sample(Feed.MONDAY + t, value, Double.NaN, 1), null);
      }
    }
    return java.util.Objects.requireNonNull(last);
  }
}
