package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenes of a week or two, seeded: what leaks is found, what does not leak is left alone. */
class JudgeGrowthTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double PER_MINUTE = 1 / 60_000.0;

  private final Random random = new Random(42);

  private LongToDoubleFunction around(double level, double sigma) {
    return t -> level + sigma * random.nextGaussian();
  }

  private LongToDoubleFunction leak(double level, double sigma, double perMinute) {
    return t -> level + sigma * random.nextGaussian() + t * PER_MINUTE * perMinute;
  }

  private LongToDoubleFunction diurnal(double low, double high) {
    return t ->
        low
            + (high - low) / 2 * (1 - Math.cos(2 * Math.PI * t / DAY.toMillis()))
            + 5 * random.nextGaussian();
  }

  @Test
  void a_leak_of_two_a_minute_is_confirmed_when_it_has_tripled_the_level() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(2), around(200, 5));
    assertThat(feed.confirmed).isZero();
    feed.limit = 10_000;
    feed.reset().run(HOUR.multipliedBy(6), leak(200, 5, 2));
    assertThat(feed.firstConfirmed).isBetween(HOUR.toMillis() * 3, HOUR.toMillis() * 4);
    Judgement last = feed.last();
    assertThat(last.leakState()).isEqualTo(LeakState.CONFIRMED);
    assertThat(last.growthPerSecond() * 60).isCloseTo(2, within(0.1));
    assertThat(last.timeToLimitSeconds())
        .isCloseTo((10_000 - last.value()) / (2 / 60.0), within(20_000.0));
    assertThat(last.reason(Measure.COUNT))
        .matches("rising 1[12]\\d/h for .*, p = .*, reaches 10,000 in .* [hd]");
  }

  @Test
  void a_leak_of_a_fifth_a_minute_is_confirmed_by_a_longer_horizon() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(2), around(200, 5));
    feed.reset().run(DAY, leak(200, 5, 0.2));
    assertThat(feed.firstConfirmed).isBetween(HOUR.toMillis() * 15, HOUR.toMillis() * 18);
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
  }

  @Test
  void a_leak_on_top_of_a_daily_rhythm_is_confirmed_the_same_day() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(4), diurnal(200, 800));
    feed.reset();
    LongToDoubleFunction rhythm = diurnal(200, 800);
    feed.run(DAY, t -> rhythm.applyAsDouble(t) + 2 * t * PER_MINUTE);
    assertThat(feed.firstConfirmed).isBetween(0L, HOUR.toMillis() * 8);
  }

  /** Filled through the day, flushed at midnight: sharper than the hours of a rhythm. */
  private double flushedAtMidnight(long t) {
    double day = Math.floorMod(t, DAY.toMillis()) / (double) DAY.toMillis();
    return 1000 + 1500 * day + 10 * random.nextGaussian();
  }

  @Test
  void the_sharp_edge_of_a_rhythm_is_no_rise_on_any_day() {
    Feed feed = Feed.goroutines();
    feed.limit = 100_000;
    feed.run(DAY.multipliedBy(4), this::flushedAtMidnight).reset();
    feed.limit = 3000;
    feed.run(DAY.multipliedBy(7), this::flushedAtMidnight);
    assertThat(feed.judge.hasRhythm()).isTrue();
    assertThat(feed.confirmed).isZero();
  }

  @Test
  void what_falls_by_half_each_day_is_learnt_where_nobody_tells_starts() {
    Feed feed = Feed.goroutines();
    feed.limit = 4000;
    feed.run(DAY.multipliedBy(3), this::flushedAtMidnight).reset();
    feed.run(DAY.multipliedBy(4), this::flushedAtMidnight);
    assertThat(feed.judge.hasRhythm()).isTrue();
    assertThat(feed.confirmed).isZero();
  }

  @ParameterizedTest(name = "from {0} h after midnight")
  @ValueSource(ints = {1, 12, 21})
  void a_leak_beside_a_sharp_edge_is_confirmed_the_same_day(int hours) {
    Feed feed = Feed.goroutines();
    feed.limit = 10_000;
    long before = DAY.toMillis() * 5 + HOUR.toMillis() * hours;
    feed.run(Duration.ofMillis(before), this::flushedAtMidnight).reset();
    feed.run(DAY, t -> flushedAtMidnight(before + t) + 6 * t * PER_MINUTE);
    assertThat(feed.firstConfirmed).isBetween(0L, HOUR.toMillis() * 12);
  }

  @Test
  void what_speaks_against_a_confirmed_leak_does_not_stand_alone() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(2), around(200, 5));
    feed.limit = 10_000;
    feed.reset().run(HOUR.multipliedBy(6), leak(200, 5, 4));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    double level = feed.last().value();
    feed.run(HOUR.multipliedBy(2), t -> level + 1500 * -Math.expm1(-t / (double) HOUR.toMillis()));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    assertThat(feed.last().reason(Measure.COUNT))
        .contains("but it slows down")
        .endsWith("; confirmed before, a leak until it stops rising");
  }

  @ParameterizedTest(name = "a process {0} s old")
  @ValueSource(ints = {20, 35, 60, 600})
  void a_steep_leak_in_compressed_time_is_confirmed_within_a_minute(int flatSeconds) {
    for (long seed = 1; seed <= 10; seed++) {
      Random noise = new Random(seed);
      Feed feed = compressed().restart();
      feed.run(Duration.ofSeconds(flatSeconds), t -> 200 + 3 * noise.nextGaussian());
      assertThat(feed.confirmed).as("seed %d", seed).isZero();
      feed.run(Duration.ofSeconds(60), t -> 200 + 3 * noise.nextGaussian() + t * 8 / 1000.0);
      assertThat(feed.firstConfirmed).as("seed %d", seed).isBetween(0L, 55_000L);
      assertThat(feed.last().growthPerSecond()).as("seed %d", seed).isCloseTo(8, within(1.0));
    }
  }

  @Test
  void noise_in_compressed_time_confirms_nothing_in_two_weeks_of_series() {
    long confirmed = 0;
    for (long seed = 1; seed <= 14; seed++) {
      Random noise = new Random(seed);
      Feed feed = compressed().run(DAY, t -> 200 + 20 * noise.nextGaussian());
      confirmed += feed.confirmed;
    }
    assertThat(confirmed).isZero();
  }

  private static Feed compressed() {
    Duration second = Duration.ofSeconds(1);
    JudgeConfig usual = JudgeConfig.defaults(second);
    JudgeConfig config =
        new JudgeConfig(
            second,
            usual.windows(),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            HOUR,
            60,
            new GrowthConfig(List.of(Duration.ofMinutes(1)), Duration.ofSeconds(10)));
    return new Feed(new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), config), second);
  }

  @Test
  void healthy_series_are_left_alone() {
    record Scene(String name, Feed feed) {}
    List<Scene> scenes =
        List.of(
            new Scene("flat at 5,000", Feed.goroutines().run(DAY.multipliedBy(7), t -> 5000)),
            new Scene("noise", Feed.goroutines().run(DAY.multipliedBy(14), around(200, 20))),
            new Scene("zero", Feed.goroutines().run(DAY, t -> 0)),
            new Scene("negative", Feed.goroutines().run(DAY, around(-500, 20))),
            new Scene("1e-9", Feed.goroutines().run(DAY, t -> 1e-9 * (1 + random.nextDouble()))),
            new Scene(
                "1e15", Feed.goroutines().run(DAY, t -> 1e15 * (1 + 0.01 * random.nextGaussian()))),
            new Scene(
                "garbage collection every 138 s",
                Feed.goroutines()
                    .run(DAY.multipliedBy(3), t -> 1000 + 1000 * (t % 138_000 / 138_000.0))),
            new Scene(
                "a cache that is trimmed every 17 min",
                Feed.goroutines()
                    .run(DAY.multipliedBy(3), t -> 1000 + 1000 * (t % 1_020_000 / 1_020_000.0))));
    for (Scene scene : scenes) {
      assertThat(scene.feed().confirmed).as(scene.name()).isZero();
      assertThat(scene.feed().outside / (double) scene.feed().observed)
          .as(scene.name())
          .isLessThan(0.005);
      assertThat(scene.feed().last().leakState()).as(scene.name()).isEqualTo(LeakState.NONE);
    }
  }

  @Test
  void a_step_is_no_leak_and_becomes_normal_at_the_cap() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(2), around(200, 5));
    feed.reset().run(DAY.multipliedBy(3), around(2000, 20));
    assertThat(feed.confirmed).isZero();
    assertThat(feed.frozen * feed.step).isBetween(DAY.toMillis() - 60_000, DAY.toMillis() + 60_000);
    assertThat(feed.last().score()).isLessThan(0.8);
    assertThat(feed.last().expected()).isCloseTo(2000, within(40.0));
  }

  @Test
  void a_daily_rhythm_is_no_leak_once_a_day_was_seen() {
    Feed feed = Feed.goroutines().run(DAY, diurnal(200, 800));
    feed.reset().run(DAY.multipliedBy(13), diurnal(200, 800));
    assertThat(feed.confirmed).isZero();
    assertThat(feed.outside / (double) feed.observed).isLessThan(0.005);
  }

  @Test
  void a_pod_born_in_the_morning_does_not_take_the_morning_for_a_leak_but_leaks_all_the_same() {
    WorkloadPanes panes = new WorkloadPanes();
    Feed old = Feed.goroutines().restart();
    old.panes = panes;
    LongToDoubleFunction rhythm = diurnal(200, 800);
    old.run(DAY.multipliedBy(3), rhythm).run(HOUR.multipliedBy(3), rhythm);
    for (double perMinute : new double[] {0, 5}) {
      Feed young = Feed.goroutines();
      young.now = old.now;
      young.restart();
      young.prior = panes.prior(old.now);
      long born = HOUR.toMillis() * 3;
      young.run(DAY, t -> rhythm.applyAsDouble(t + born) + perMinute * t * PER_MINUTE);
      assertThat(young.confirmed > 0).as("%s a minute", perMinute).isEqualTo(perMinute > 0);
    }
  }

  @Test
  void warming_up_to_the_level_of_before_is_no_leak() {
    for (double hours : new double[] {0.25, 1, 4}) {
      Feed feed = Feed.goroutines().restart().run(DAY.multipliedBy(2), around(1000, 5));
      feed.restart().reset();
      feed.run(DAY, t -> 1000 - 800 * Math.exp(-t / (hours * HOUR.toMillis())));
      assertThat(feed.confirmed).as("time constant %s h", hours).isZero();
    }
  }

  @Test
  void warming_up_to_an_unknown_plateau_ends_without_a_leak() {
    for (double hours : new double[] {0.1, 0.5, 2}) {
      Feed feed = Feed.goroutines().restart();
      feed.run(DAY.multipliedBy(2), t -> 1000 - 800 * Math.exp(-t / (hours * HOUR.toMillis())));
      assertThat(feed.last().leakState()).as("time constant %s h", hours).isEqualTo(LeakState.NONE);
      assertThat(feed.last().score()).as("time constant %s h", hours).isLessThan(0.8);
    }
  }

  @Test
  void a_restart_ends_the_leak_at_once_and_the_old_normal_is_back() {
    Feed feed = Feed.goroutines().restart().run(DAY.multipliedBy(3), around(200, 5));
    feed.run(HOUR.multipliedBy(5), leak(200, 5, 2));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    double expected = feed.last().expected();
    feed.restart().run(Duration.ofSeconds(30), around(200, 5));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.NONE);
    assertThat(feed.last().frozen()).isFalse();
    assertThat(feed.last().score()).isLessThan(1);
    assertThat(feed.last().expected()).isCloseTo(expected, within(0.01));
    feed.reset().run(DAY, around(200, 5));
    assertThat(feed.outside).isLessThan(30);
    assertThat(feed.last().upper()).as("nothing of the leak was learnt").isLessThan(250);
  }

  @Test
  void a_leak_that_stops_is_taken_back_without_a_restart() {
    Feed feed = Feed.goroutines().run(DAY.multipliedBy(2), around(200, 5));
    feed.run(HOUR.multipliedBy(2), leak(200, 5, 2));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    feed.run(HOUR.multipliedBy(3), around(440, 5));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.NONE);
  }

  @Test
  void warm_up_is_not_looked_at_and_an_old_process_needs_none() {
    Feed young = Feed.goroutines().restart();
    young.run(Duration.ofMinutes(15), t -> 200 + t / 100.0);
    assertThat(young.last().growth()).allMatch(g -> Double.isNaN(g.perSecond()));
    assertThat(young.judge.teaches()).isFalse();

    Feed old = Feed.goroutines();
    old.start = old.now - DAY.toMillis();
    old.run(Duration.ofMinutes(30), leak(200, 1, 10));
    assertThat(old.last().growth().get(0).perSecond() * 60).isCloseTo(10, within(1.0));
  }

  @Test
  void without_a_start_time_a_fall_by_half_and_a_gap_begin_a_new_process() {
    Feed fall = Feed.goroutines().run(HOUR.multipliedBy(4), leak(2000, 5, 20));
    assertThat(fall.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    fall.run(Duration.ofMinutes(4), around(400, 5));
    assertThat(fall.last().leakState()).isEqualTo(LeakState.NONE);
    assertThat(fall.last().reason(Measure.COUNT)).contains("it fell by half");

    Feed gap = Feed.goroutines().run(HOUR.multipliedBy(4), leak(2000, 5, 20));
    gap.skip(Duration.ofMinutes(6)).run(Duration.ofSeconds(30), around(5000, 5));
    assertThat(gap.last().leakState()).isEqualTo(LeakState.NONE);
    assertThat(gap.last().reason(Measure.COUNT)).endsWith("there was a gap of 6.5 min");

    gap.start = gap.now;
    gap.run(Duration.ofSeconds(30), around(5000, 5)).restart();
    gap.skip(Duration.ofHours(1)).restart().run(Duration.ofSeconds(30), around(5000, 5));
    assertThat(gap.last().reason(Measure.COUNT)).endsWith("the process started anew");
  }

  @Test
  void reasons_write_amounts_in_the_unit_of_the_signal() {
    Map<Measure, String> reasons = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      JudgeConfig config = JudgeConfig.defaults();
      Judge judge = new Judge(new SeriesShape(Side.HIGH, Reduce.MEDIAN, 0, measure), config);
      Feed feed = new Feed(judge, config.interval());
      feed.limit = 1L << 30;
      feed.run(HOUR.multipliedBy(3), t -> (1 << 20) * (8.0 + t / (double) HOUR.toMillis()));
      reasons.put(measure, feed.last().growth().get(0).reason());
    }
    assertThat(reasons.get(Measure.COUNT)).contains("rising 1,048,576/h for");
    assertThat(reasons.get(Measure.BYTES))
        .contains("rising 1 MiB/h for")
        .contains("on the way to 1 GiB");
    assertThat(reasons.get(Measure.SECONDS)).contains("rising 12.14 d/h for");
    assertThat(reasons.get(Measure.RATIO)).matches("rising 104,85\\d,\\d+ %/h for .*");
  }

  @Test
  void with_a_start_time_a_gap_does_not_hide_the_leak() {
    Feed feed = Feed.goroutines().restart().run(HOUR.multipliedBy(5), leak(2000, 5, 20));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    feed.skip(Duration.ofMinutes(6)).run(Duration.ofMinutes(4), leak(2000 + 306 * 20, 5, 20));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
  }

  @Test
  void a_start_in_the_future_or_before_1970_is_no_start() {
    Feed feed = Feed.goroutines();
    feed.start = Long.MAX_VALUE / 2;
    feed.run(HOUR, leak(200, 1, 10));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    feed.start = -5;
    feed.run(Duration.ofMinutes(1), leak(800, 1, 10));
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
  }

  @Test
  void a_first_morning_and_a_filling_cache_are_suspected_at_most_a_leak_from_birth_is_confirmed() {
    record Case(String what, LongToDoubleFunction value, boolean leak) {}
    double hour = HOUR.toMillis();
    for (Case c :
        List.of(
            new Case("a first morning", diurnal(200, 800), false),
            new Case("a cache, tau 1 h", t -> 900 - 800 * Math.exp(-t / hour), false),
            new Case("a cache, tau 5 h", t -> 900 - 800 * Math.exp(-t / hour / 5), false),
            new Case("a sawtooth of an hour", t -> 600 + 600 * (t % hour / hour), false),
            new Case("a leak", t -> 100 + 200 * t / hour, true))) {
      Feed feed = Feed.goroutines();
      feed.limit = 2300;
      feed.restart().run(Duration.ofHours(11), c.value());
      assertThat(feed.confirmed > 0).as(c.what()).isEqualTo(c.leak());
      if (c.leak()) {
        assertThat(feed.firstConfirmed).isLessThan(Duration.ofMinutes(330).toMillis());
      }
    }
  }

  @Test
  void without_a_limit_a_first_morning_is_no_leak_however_high_and_what_outruns_mornings_is() {
    double hour = HOUR.toMillis();
    for (double night : new double[] {200, 150}) {
      Feed feed = Feed.goroutines().run(HOUR.multipliedBy(12), diurnal(night, 800));
      assertThat(feed.confirmed).as("from %s", night).isZero();
      assertThat(feed.firstSuspected).as("from %s", night).isPositive();
    }
    Feed fast = Feed.goroutines().run(HOUR.multipliedBy(3), t -> 200 + 300 * t / hour);
    assertThat(fast.firstConfirmed).isBetween(0L, HOUR.toMillis() * 2);
    Feed straight = Feed.goroutines().run(HOUR.multipliedBy(20), t -> 200 + 60 * t / hour);
    assertThat(straight.firstConfirmed).isBetween(HOUR.toMillis() * 17, HOUR.toMillis() * 20);
  }

  @Test
  void a_first_morning_near_its_limit_has_to_come_further_than_a_straight_leak() {
    Duration hours = Duration.ofHours(7);
    Feed morning = Feed.goroutines();
    morning.limit = 1100;
    morning.run(hours, diurnal(200, 800));
    assertThat(morning.confirmed).as("42 % of the way, steeper and steeper").isZero();
    Feed leak = Feed.goroutines();
    leak.limit = 1100;
    leak.run(hours, leak(200, 5, 1));
    assertThat(leak.firstConfirmed).as("by half").isBetween(0L, Duration.ofHours(7).toMillis());
  }

  @Test
  void a_leak_that_reaches_its_limit_in_an_hour_is_confirmed_by_half_of_it() {
    for (long seed = 1; seed <= 5; seed++) {
      Random noise = new Random(seed);
      for (Duration before : List.of(Duration.ZERO, DAY.multipliedBy(2))) {
        Feed feed = Feed.goroutines();
        feed.limit = 2000;
        feed.restart().run(before, t -> 200 + 2 * noise.nextGaussian());
        feed.reset().run(HOUR, t -> 200 + 2 * noise.nextGaussian() + 30 * t * PER_MINUTE);
        assertThat(feed.firstConfirmed)
            .as("seed %d, after %s", seed, before)
            .isBetween(0L, HOUR.toMillis() / 2);
      }
    }
  }

  @Test
  void a_leak_of_two_percent_of_its_limit_a_day_is_found_within_ten_days_on_a_rhythm() {
    LongToDoubleFunction rhythm = diurnal(900, 1100);
    for (boolean slow : new boolean[] {true, false}) {
      JudgeConfig config = JudgeConfig.defaults(Duration.ofMinutes(2));
      config = slow ? config : config.without(Part.SLOW);
      Feed feed =
          new Feed(
              new Judge(new SeriesShape(Side.HIGH, Reduce.MEDIAN, 8), config), config.interval());
      feed.limit = 2000;
      feed.run(DAY.multipliedBy(4), rhythm);
      feed.reset()
          .run(DAY.multipliedBy(10), t -> rhythm.applyAsDouble(t) + 40.0 * t / DAY.toMillis());
      assertThat(feed.confirmed > 0).as("slow %s", slow).isEqualTo(slow);
    }
  }

  @Test
  void every_horizon_gives_a_reason_for_doing_nothing() {
    Feed feed = Feed.goroutines().run(Duration.ofSeconds(30), t -> 5000);
    assertThat(feed.last().reason(Measure.COUNT))
        .isEqualTo("level 5,000, too little history for a band; has no blocks yet");
    feed.run(DAY, t -> 5000);
    assertThat(feed.last().reason(Measure.COUNT))
        .isEqualTo("level 5,000, inside its band 4,740 to 5,239; does not rise, p = 1");
    assertThat(feed.last().growth()).hasSize(4).noneMatch(g -> g.reason().isEmpty());
  }
}
