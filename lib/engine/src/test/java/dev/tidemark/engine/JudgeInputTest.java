package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeInputTest {
  private final Feed feed = Feed.goroutines().run(Duration.ofHours(3), t -> 200);

  private Judgement observe(long time, double value) {
    return feed.judge.observe(new Sample(time, value, Double.NaN, 0), null);
  }

  @Test
  void what_is_not_finite_is_ignored_and_counted() {
    double before = feed.judge.quantile(0, 1);
    for (double v : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      Judgement j = observe(feed.now += feed.step, v);
      assertThat(j.ignored()).isTrue();
      assertThat(j.score()).isNaN();
      assertThat(j.reason(Measure.COUNT)).isEqualTo("the value is not finite");
      assertThat(feed.judge.teaches()).isFalse();
    }
    assertThat(feed.judge.ignoredNotFinite()).isEqualTo(3);
    assertThat(feed.judge.quantile(0, 1)).isEqualTo(before);
  }

  @Test
  void duplicates_late_samples_and_impossible_times_are_ignored_and_counted() {
    long newest = feed.judge.newestMillis();
    for (long time : List.of(newest, newest - 1, 0L, -5L, Long.MIN_VALUE, Long.MAX_VALUE)) {
      assertThat(observe(time, 900).ignored()).as("time %d", time).isTrue();
    }
    assertThat(feed.judge.ignoredLate()).isEqualTo(6);
    assertThat(feed.judge.newestMillis()).isEqualTo(newest);
    assertThat(observe(newest + 1, 200).ignored()).isFalse();
  }

  @Test
  void ignored_samples_leave_no_trace_in_what_follows() {
    Feed clean = Feed.goroutines();
    Feed dirty = Feed.goroutines();
    for (int i = 0; i < 2000; i++) {
      long time = clean.now + i * clean.step;
      double value = 200 + i % 13;
      if (i % 5 == 4) {
        dirty.judge.observe(new Sample(time - 1, Double.NaN, Double.NaN, 0), null);
        dirty.judge.observe(new Sample(time - 2 * clean.step, 1e9, Double.NaN, 0), null);
      }
      Judgement a = clean.judge.observe(new Sample(time, value, Double.NaN, 0), null);
      Judgement b = dirty.judge.observe(new Sample(time, value, Double.NaN, 0), null);
      assertThat(b).isEqualTo(a);
    }
  }

  @Test
  void a_jump_of_the_clock_clears_what_left_the_windows() {
    Judgement j = observe(feed.now + Duration.ofDays(4000).toMillis(), 900);
    assertThat(j.ignored()).isFalse();
    feed.now += Duration.ofDays(4000).toMillis() + feed.step;
    feed.run(Duration.ofDays(1), t -> 900);
    assertThat(feed.judge.quantile(2, 0)).isGreaterThan(890);
  }

  @Test
  void an_infinite_limit_and_a_limit_already_passed_are_answered() {
    feed.limit = Double.POSITIVE_INFINITY;
    feed.run(Duration.ofHours(1), t -> 200 + t / 10_000.0);
    assertThat(feed.last().timeToLimitSeconds()).isInfinite();
    feed.limit = 300;
    feed.run(Duration.ofMinutes(1), t -> 600);
    assertThat(feed.last().timeToLimitSeconds()).isZero();
  }

  @Test
  void history_is_what_was_learnt_not_what_slots_span() {
    record Case(String what, Duration apart, Duration learntOfADay) {}
    for (Case c :
        List.of(
            new Case("every slot of the grid", Duration.ofSeconds(30), Duration.ofHours(23)),
            new Case("scraped every minute", Duration.ofMinutes(1), Duration.ofHours(23)),
            new Case("one in five minutes", Duration.ofMinutes(5), Duration.ofHours(23)),
            new Case("one in ten minutes", Duration.ofMinutes(10), Duration.ofMinutes(69)),
            new Case("one an hour", Duration.ofHours(1), Duration.ofMinutes(12)))) {
      JudgeConfig config = JudgeConfig.defaults();
      Judge judge = new Judge(new SeriesShape(Side.HIGH, Reduce.TROUGH, 25), config);
      Feed sparse = new Feed(judge, c.apart());
      sparse.run(Duration.ofDays(1), t -> 200);
      assertThat(sparse.last().historyMillis())
          .as(c.what())
          .isCloseTo(c.learntOfADay().toMillis(), within(Duration.ofMinutes(7).toMillis()));
    }
  }

  @Test
  void samples_a_second_or_an_hour_apart_are_both_fine() {
    for (Duration step : List.of(Duration.ofSeconds(1), Duration.ofHours(1))) {
      Feed other =
          new Feed(
              new Judge(new SeriesShape(Side.HIGH, Reduce.PEAK, 1), JudgeConfig.defaults(step)),
              step);
      other.run(step.multipliedBy(9000), t -> 50);
      assertThat(other.last().score()).as(step.toString()).isCloseTo(0, within(0.11));
      assertThat(other.confirmed).as(step.toString()).isZero();
    }
  }
}
