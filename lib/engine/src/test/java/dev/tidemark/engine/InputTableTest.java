package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every odd input as a row: what it does to the level of a healthy series, and to the growth of one
 * that leaks for a day after two days of noise.
 */
class InputTableTest {
  private static final long MINUTE = 60_000;
  private static final int DAY = 24 * 60;
  private static final long SEED = 17;

  /**
   * A row of the table.
   *
   * @param zero the level is this and 100 units more, the limit this and 500 units more
   * @param unit a hundredth of the level above zero; the smallest band is 25 of them unless the row
   *     says other
   * @param odd turns the clean samples into the odd ones
   * @param notFinite how many are ignored for their value, in thousandths
   * @param late how many are ignored for their time, in thousandths
   */
  record Row(
      String what,
      double zero,
      double unit,
      double noise,
      double smallestBand,
      UnaryOperator<List<Sample>> odd,
      int notFinite,
      int late) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Row scale(String what, double zero, double unit, double noise) {
    return new Row(what, zero, unit, noise, 25 * unit, UnaryOperator.identity(), 0, 0);
  }

  private static Row odd(String what, int notFinite, int late, UnaryOperator<List<Sample>> odd) {
    return new Row(what, 0, 1, 2, 25, odd, notFinite, late);
  }

  static Stream<Row> rows() {
    return Stream.of(
        scale("an ordinary series", 0, 1, 2),
        scale("constant until it leaks", 0, 1, 0),
        scale("zero until it leaks", -100, 1, 0),
        scale("around zero", -100, 1, 2),
        scale("negative", -1000, 1, 2),
        scale("negative, rises through zero", -300, 1, 2),
        scale("of the size of 1e-9", 0, 1e-11, 2),
        scale("of the size of 1e15", 0, 1e13, 2),
        new Row(
            "below the smallest band, but not far from its limit",
            0,
            1e-11,
            2,
            25,
            UnaryOperator.identity(),
            0,
            0),
        odd("not a number, one of two", 500, 0, s -> between(s, Double.NaN)),
        odd("infinite, one of two", 500, 0, s -> between(s, Double.POSITIVE_INFINITY)),
        odd("minus infinite, one of two", 500, 0, s -> between(s, Double.NEGATIVE_INFINITY)),
        odd("one sample in ten minutes", 0, 0, s -> every(s, 10)),
        odd("two hours missing every day", 0, 0, s -> without(s, DAY, 22 * 60)),
        odd("two of every seven minutes missing", 0, 0, s -> without(s, 7, 5)),
        odd("each sample twice, the second ten times as high", 0, 500, InputTableTest::doubled),
        odd("one in ten arrives after its successor", 0, 100, InputTableTest::swapped),
        odd("off the grid by up to 20 s", 0, 0, InputTableTest::jittered),
        odd("the clock jumps a day ahead", 0, 0, s -> jump(s, DAY)),
        odd("the clock jumps a year ahead", 0, 0, s -> jump(s, 365 * DAY)),
        odd("the clock jumps an hour back", 0, 14, s -> jump(s, -60)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void the_level_of_a_healthy_series_is_known(Row row) {
    Judge judge = new Judge(shape(row), JudgeConfig.defaults(TrialScene.step()));
    int outside = 0;
    int observed = 0;
    Judgement last = null;
    for (Sample sample : row.odd().apply(clean(row, 0))) {
      Judgement j = judge.observe(sample, null);
      assertThat(j.leakState()).as("seed %d: %s", SEED, j).isNotEqualTo(LeakState.CONFIRMED);
      if (!j.ignored()) {
        last = j;
        observed++;
        outside += j.score() > 1 ? 1 : 0;
      }
    }
    Judgement end = Objects.requireNonNull(last);
    double level = row.zero() + 100 * row.unit();
    double slack = 2 * row.unit() + Math.abs(level) / 100;
    double floor = Math.max(row.smallestBand(), Math.abs(level) / 20) + 2 * slack;
    assertThat(end.expected()).as("seed %d", SEED).isCloseTo(level, within(slack));
    assertThat(end.upper()).isBetween(level, level + floor);
    assertThat(end.lower()).isBetween(level - floor, level);
    assertThat(outside / (double) observed).as("outside, seed %d", SEED).isLessThan(0.02);
    double fed = observed + judge.ignoredNotFinite() + judge.ignoredLate();
    assertThat(1000 * judge.ignoredNotFinite() / fed).isCloseTo(row.notFinite(), within(2.0));
    assertThat(1000 * judge.ignoredLate() / fed).isCloseTo(row.late(), within(2.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void the_growth_of_a_leaking_series_is_found_by_half_of_its_time(Row row) {
    Judge judge = new Judge(shape(row), JudgeConfig.defaults(TrialScene.step()));
    double half = row.zero() + 300 * row.unit();
    boolean found = false;
    for (Sample sample : row.odd().apply(clean(row, 400 * row.unit()))) {
      Judgement j = judge.observe(sample, null);
      if (j.leakState() == LeakState.CONFIRMED && !found) {
        assertThat(sample.value()).as(j.reason(Measure.COUNT)).isLessThan(half);
        assertThat(j.growthPerSecond()).as(j.reason(Measure.COUNT)).isPositive();
        found = true;
      }
    }
    assertThat(found).as("seed %d", SEED).isTrue();
  }

  private static SeriesShape shape(Row row) {
    return new SeriesShape(Side.BOTH, Reduce.MEDIAN, row.smallestBand());
  }

  /** Three days; on the third it rises by so much. */
  private static List<Sample> clean(Row row, double rise) {
    Random random = new Random(SEED);
    List<Sample> samples = new ArrayList<>();
    double limit = row.zero() + 500 * row.unit();
    for (int i = 0; i < 3 * DAY; i++) {
      double leaked = rise * Math.max(0, i - 2 * DAY) / DAY;
      double level = row.zero() + row.unit() * (100 + row.noise() * random.nextGaussian());
      samples.add(new Sample(Feed.MONDAY + i * MINUTE, level + leaked, limit, 1));
    }
    return samples;
  }

  private static Sample moved(Sample s, long millis) {
    return new Sample(s.timeMillis() + millis, s.value(), s.limit(), s.startMillis());
  }

  private static Sample valued(Sample s, double value) {
    return new Sample(s.timeMillis(), value, s.limit(), s.startMillis());
  }

  private static List<Sample> between(List<Sample> samples, double value) {
    List<Sample> all = new ArrayList<>();
    for (Sample s : samples) {
      all.add(s);
      all.add(moved(valued(s, value), MINUTE / 2));
    }
    return all;
  }

  private static List<Sample> every(List<Sample> samples, int step) {
    return without(samples, step, 1);
  }

  /** Keeps the first so many of every period. */
  private static List<Sample> without(List<Sample> samples, int period, int kept) {
    List<Sample> rest = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      if (i % period < kept) {
        rest.add(samples.get(i));
      }
    }
    return rest;
  }

  private static List<Sample> doubled(List<Sample> samples) {
    return samples.stream().flatMap(s -> Stream.of(s, valued(s, 10 * s.value()))).toList();
  }

  private static List<Sample> swapped(List<Sample> samples) {
    List<Sample> all = new ArrayList<>(samples);
    for (int i = 0; i + 1 < all.size(); i += 10) {
      all.set(i, samples.get(i + 1));
      all.set(i + 1, samples.get(i));
    }
    return all;
  }

  private static List<Sample> jittered(List<Sample> samples) {
    Random random = new Random(SEED + 1);
    return samples.stream().map(s -> moved(s, random.nextInt(20_000))).toList();
  }

  /** At the end of the first day. */
  private static List<Sample> jump(List<Sample> samples, long minutes) {
    List<Sample> all = new ArrayList<>(samples.subList(0, DAY));
    for (Sample s : samples.subList(DAY, samples.size())) {
      all.add(moved(s, minutes * MINUTE));
    }
    return all;
  }
}
