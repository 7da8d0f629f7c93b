package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.engine.baseline.Band;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeBaselineTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final GrowthConfig NO_GROWTH = new GrowthConfig(List.of(), Duration.ZERO);

  private final Random random = new Random(1);

  private static JudgeConfig config(Duration lag, Duration freezeAfter, GrowthConfig growth) {
    JudgeConfig usual = JudgeConfig.defaults();
    return new JudgeConfig(
        usual.interval(),
        usual.windows(),
        lag,
        freezeAfter,
        usual.freezeCap(),
        usual.minSamples(),
        growth);
  }

  private static Feed feed(JudgeConfig config, Side side, double smallestBand) {
    return new Feed(
        new Judge(new SeriesShape(side, Reduce.MEDIAN, smallestBand), config), config.interval());
  }

  @Test
  void without_lag_and_freezing_quantiles_are_those_of_the_samples() {
    for (long seed = 1; seed <= 3; seed++) {
      Random noise = new Random(seed);
      Feed feed = feed(config(Duration.ZERO, JudgeConfig.NEVER, NO_GROWTH), Side.HIGH, 1);
      List<double[]> fed = new ArrayList<>();
      feed.run(
          DAY.multipliedBy(8),
          t -> {
            double value = Math.exp(2 * noise.nextGaussian());
            fed.add(new double[] {feed.now, value});
            return value;
          });
      long end = feed.now - feed.step;
      long[][] windows = {{3_600_000, 30_000}, {86_400_000, 60_000}, {604_800_000, 300_000}};
      for (int w = 0; w < windows.length; w++) {
        long from = end - windows[w][0];
        long slot = windows[w][1];
        double[] exact =
            fed.stream()
                .filter(s -> s[0] > from && s[0] % slot == 0)
                .mapToDouble(s -> s[1])
                .sorted()
                .toArray();
        for (double q : new double[] {0.01, 0.5, 0.95, 0.99}) {
          double rank = q * (exact.length - 1);
          double low = exact[(int) Math.floor(rank)];
          double high = exact[(int) Math.ceil(rank)];
          assertThat(feed.judge.quantile(w, q))
              .as("seed %d, window %d, q %s", seed, w, q)
              .isBetween(low * 0.99, high * 1.01);
        }
      }
    }
  }

  @Test
  void a_rhythm_does_not_lead_a_band_below_0_where_the_series_never_was() {
    for (boolean below : new boolean[] {false, true}) {
      Feed feed = feed(config(Duration.ZERO, JudgeConfig.NEVER, NO_GROWTH), Side.BOTH, 1);
      // nights of hardly anything, and a day that is three times the others now and then
      feed.run(
          DAY.multipliedBy(8),
          t -> {
            double sine = 1 + Math.sin(2 * Math.PI * t / DAY.toMillis());
            double busy = t / DAY.toMillis() % 3 == 2 ? 3 : 1;
            return busy * 500 * sine * (1 + 0.2 * random.nextDouble()) + 1 - (below ? 400 : 0);
          });
      double lowest = Double.POSITIVE_INFINITY;
      for (int minute = 0; minute < 24 * 60; minute += 10) {
        Band band = feed.judge.band(feed.now + minute * 60_000L, null);
        lowest = Math.min(lowest, band.lower());
        assertThat(band.expected()).isBetween(band.lower(), band.upper());
      }
      if (below) {
        assertThat(lowest).isNegative();
      } else {
        assertThat(lowest).isZero();
      }
    }
  }

  @Test
  void a_sample_teaches_only_after_the_lag() {
    Feed feed = feed(config(HOUR, JudgeConfig.NEVER, NO_GROWTH), Side.HIGH, 1);
    feed.run(HOUR, t -> 100);
    assertThat(feed.judge.quantile(2, 0.5)).isNaN();
    assertThat(feed.last().historyMillis()).isZero();
    feed.run(HOUR, t -> 100);
    assertThat(feed.judge.quantile(0, 0.5)).isCloseTo(100, within(0.5));
    assertThat(feed.last().score()).isCloseTo(0, within(0.11));
    feed.run(Duration.ofMinutes(59), t -> 900);
    assertThat(feed.judge.quantile(0, 1)).as("the step waits").isCloseTo(100, within(0.5));
    feed.run(Duration.ofMinutes(3), t -> 900);
    assertThat(feed.judge.quantile(0, 1)).as("the lag is over").isCloseTo(900, within(4.5));
  }

  @Test
  void a_score_is_absent_until_there_are_enough_samples() {
    Feed feed = feed(config(Duration.ZERO, JudgeConfig.NEVER, NO_GROWTH), Side.HIGH, 1);
    feed.run(Duration.ofMinutes(30), t -> 100);
    assertThat(feed.last().score()).isNaN();
    assertThat(feed.last().expected()).isNaN();
    feed.run(Duration.ofMinutes(1), t -> 100);
    assertThat(feed.last().score()).isFinite();
  }

  @Test
  void a_flat_service_of_twelve_does_not_alarm_at_fourteen() {
    Feed feed = Feed.goroutines().run(DAY, t -> 12);
    feed.reset().run(HOUR, t -> 14);
    assertThat(feed.outside).isZero();
  }

  @Test
  void each_side_is_judged_as_the_signal_wants() {
    record Case(Side side, double value, boolean outside) {}
    for (Case c :
        List.of(
            new Case(Side.HIGH, 140, true),
            new Case(Side.HIGH, 60, false),
            new Case(Side.LOW, 140, false),
            new Case(Side.LOW, 60, true),
            new Case(Side.BOTH, 140, true),
            new Case(Side.BOTH, 60, true),
            new Case(Side.BOTH, 104, false))) {
      Feed feed = feed(config(HOUR, Duration.ofMinutes(5), NO_GROWTH), c.side(), 10);
      feed.run(DAY, t -> 100).run(Duration.ofSeconds(30), t -> c.value());
      assertThat(feed.last().score() > 1).as(c.toString()).isEqualTo(c.outside());
    }
  }

  @Test
  void scores_and_bands_are_finite_for_every_kind_of_level() {
    for (double level : new double[] {0, -500, -1e-9, 1e-9, 1, 1e15, 1e60, -1e60}) {
      for (double band : new double[] {0, 25}) {
        Feed feed = feed(config(HOUR, Duration.ofMinutes(5), NO_GROWTH), Side.BOTH, band);
        feed.run(Duration.ofHours(3), t -> level);
        for (double value : new double[] {level, 0, 1e300, -1e300, Double.MIN_VALUE}) {
          feed.run(Duration.ofSeconds(30), t -> value);
          Judgement j = feed.last();
          assertThat(List.of(j.score(), j.upper(), j.lower(), j.expected()))
              .as("level %s, band %s, value %s", level, band, value)
              .allMatch(Double::isFinite);
          assertThat(j.upper()).isGreaterThanOrEqualTo(j.expected());
          assertThat(j.lower()).isLessThanOrEqualTo(j.expected());
        }
      }
    }
  }

  @Test
  void freezes_after_five_minutes_outside_and_thaws_below_eight_tenths() {
    Feed feed = feed(JudgeConfig.defaults(), Side.HIGH, 25).run(DAY.multipliedBy(3), t -> 200);
    feed.run(Duration.ofMinutes(5), t -> 600);
    assertThat(feed.last().frozen()).isFalse();
    feed.run(Duration.ofSeconds(30), t -> 600);
    assertThat(feed.last().frozen()).isTrue();
    assertThat(feed.judge.teaches()).isFalse();
    feed.run(Duration.ofSeconds(30), t -> 200 + 25 * 0.9);
    assertThat(feed.last().frozen()).isTrue();
    feed.run(Duration.ofSeconds(30), t -> 200);
    assertThat(feed.last().frozen()).isFalse();
    feed.run(DAY, t -> 200);
    assertThat(feed.judge.quantile(1, 1)).as("the excursion was forgotten").isLessThan(230);
  }

  @Test
  void short_excursions_teach() {
    Feed feed = feed(JudgeConfig.defaults(), Side.HIGH, 25).run(DAY, t -> 200);
    feed.run(Duration.ofMinutes(4), t -> 600).run(Duration.ofHours(2), t -> 200);
    assertThat(feed.judge.quantile(0, 1)).isLessThan(230);
    assertThat(feed.judge.quantile(1, 1)).isCloseTo(600, within(6.0));
  }

  @Test
  void never_freezes_before_there_are_enough_samples() {
    WorkloadPanes panes = new WorkloadPanes();
    for (int i = 0; i < 1000; i++) {
      panes.admit(Feed.MONDAY - HOUR.toMillis() * 2, 200);
    }
    Feed feed = feed(JudgeConfig.defaults(), Side.HIGH, 25);
    feed.prior = panes.prior(Feed.MONDAY);
    feed.run(Duration.ofMinutes(29), t -> 600);
    assertThat(feed.outside).as("judged by its workload from the first sample").isEqualTo(58);
    assertThat(feed.frozen).isZero();
    feed.run(Duration.ofMinutes(2), t -> 600);
    assertThat(feed.last().frozen()).isTrue();
  }

  @Test
  void a_leak_of_three_days_is_judged_against_the_week_before() {
    Feed feed = Feed.goroutines().restart();
    feed.run(DAY.multipliedBy(7), t -> 200 + 5 * random.nextGaussian());
    double expected = feed.last().expected();
    double upper = feed.last().upper();
    feed.run(DAY.multipliedBy(3), t -> 200 + 5 * random.nextGaussian() + t / 30_000.0);
    assertThat(feed.last().frozen()).isTrue();
    assertThat(feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    assertThat(feed.last().expected()).isCloseTo(expected, within(5.0));
    assertThat(feed.last().upper()).isCloseTo(upper, within(10.0));
    assertThat(feed.last().historyMillis()).isGreaterThan(DAY.toMillis() * 6);
    assertThat(feed.last().score()).isGreaterThan(50);

    feed.restart().run(Duration.ofHours(2), t -> 200 + 5 * random.nextGaussian());
    assertThat(feed.last().frozen()).isFalse();
    assertThat(feed.last().historyMillis())
        .as("the days of the leak were cut out, not the days before")
        .isGreaterThan(DAY.toMillis() * 6);
    assertThat(feed.last().score()).isLessThan(1);
  }

  @Test
  void a_daily_peak_above_the_band_becomes_normal_instead_of_shrinking_it() {
    Feed feed = feed(config(HOUR, Duration.ofMinutes(5), NO_GROWTH), Side.HIGH, 25);
    feed.run(DAY.multipliedBy(7), t -> 200 + 3 * random.nextGaussian());
    double first = outsideShareOfPeaks(feed, 7);
    outsideShareOfPeaks(feed, 21);
    double last = outsideShareOfPeaks(feed, 7);
    assertThat(first).isGreaterThan(0.05);
    assertThat(last).isLessThan(0.01);
  }

  private double outsideShareOfPeaks(Feed feed, int days) {
    feed.reset();
    for (int i = 0; i < days; i++) {
      feed.run(Duration.ofHours(22), t -> 200 + 3 * random.nextGaussian());
      feed.run(Duration.ofHours(2), t -> 400 + 3 * random.nextGaussian());
    }
    return feed.outside / (double) feed.observed;
  }

  @Test
  void a_rolling_deploy_is_no_anomaly_and_an_odd_pod_is_seen_at_once() {
    WorkloadPanes panes = new WorkloadPanes();
    Feed old = Feed.goroutines().restart();
    old.panes = panes;
    old.run(DAY.multipliedBy(2), t -> 3000 + 50 * random.nextGaussian());

    Feed fresh = Feed.goroutines();
    fresh.now = old.now;
    fresh.restart();
    fresh.panes = panes;
    fresh.run(DAY, t -> 3000 + 50 * random.nextGaussian());
    assertThat(fresh.outside).isLessThan(20);
    assertThat(fresh.confirmed).isZero();

    Feed odd = Feed.goroutines();
    odd.now = fresh.now;
    odd.restart();
    odd.panes = panes;
    odd.run(Duration.ofSeconds(30), t -> 9000);
    assertThat(odd.last().score()).isGreaterThan(1);
    assertThat(odd.judge.teaches()).isFalse();
  }

  @Test
  void after_a_long_gap_what_is_too_old_goes_when_the_new_level_is_learnt() {
    Feed feed = Feed.goroutines().run(DAY, t -> 200);
    feed.skip(DAY.multipliedBy(9)).run(DAY.multipliedBy(3), t -> 700);
    assertThat(feed.judge.quantile(2, 0)).isGreaterThan(690);
  }
}
