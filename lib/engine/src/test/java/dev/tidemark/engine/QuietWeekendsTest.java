package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with a daily rhythm that has a third of its load on Saturdays and Sundays. */
class QuietWeekendsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private static JudgeConfig windows(Duration longest) {
    JudgeConfig usual = JudgeConfig.defaults(INTERVAL);
    return new JudgeConfig(
        INTERVAL,
        List.of(
            WindowShape.of(Duration.ofHours(1)),
            WindowShape.of(Duration.ofHours(24)),
            WindowShape.of(longest)),
        usual.lag(),
        usual.freezeAfter(),
        usual.freezeCap(),
        usual.minSamples(),
        usual.growth());
  }

  /** From a Monday on. */
  private static final class Service {
    private final Random random;
    private final double[] days;
    final Feed feed;

    Service(long seed, JudgeConfig config) {
      random = new Random(seed);
      days = random.doubles(70, 0.97, 1.03).toArray();
      feed =
          new Feed(new Judge(new SeriesShape(Side.BOTH, Reduce.TROUGH, 25), config), INTERVAL)
              .restart();
      feed.limit = 10_000;
    }

    double level(long time) {
      long since = time - Feed.MONDAY;
      double day = since / (double) DAY.toMillis();
      double share = (long) day % 7 >= 5 ? 1 / 3.0 : 1;
      return 1000
          * share
          * days[(int) day]
          * (1 - 0.5 * Math.cos(2 * Math.PI * day))
          * (1 + 0.03 * random.nextGaussian());
    }

    Service run(Duration time) {
      return leak(time, 0);
    }

    Service leak(Duration time, double perHour) {
      long from = feed.now;
      feed.run(time, t -> level(from + t) + perHour * t / 3_600_000.0);
      return this;
    }
  }

  private record Share(double weekend, double monday, double other) {}

  private static Share outside(JudgeConfig config, int seeds) {
    double[] outside = new double[3];
    for (long seed = 1; seed <= seeds; seed++) {
      Service service = new Service(seed, config).run(WEEK.multipliedBy(2).plus(DAY));
      for (int day = 1; day < 2 * 7 + 1; day++) {
        service.feed.reset();
        service.run(DAY);
        outside[day % 7 >= 5 ? 0 : day % 7 == 0 ? 1 : 2] += service.feed.outside;
        assertThat(service.feed.confirmed).as("seed %d, day %d", seed, day).isZero();
      }
    }
    double day = seeds * (double) DAY.dividedBy(INTERVAL);
    return new Share(outside[0] / (4 * day), outside[1] / (2 * day), outside[2] / (8 * day));
  }

  @ParameterizedTest(name = "windows of {0} days")
  @ValueSource(ints = {14, 28})
  void with_two_weeks_remembered_a_weekend_is_expected_and_so_is_the_monday_after(int days) {
    Share share = outside(windows(Duration.ofDays(days)), 3);
    assertThat(share).isEqualTo(new Share(0, 0, 0));
  }

  @Test
  void on_a_sunday_the_line_is_that_of_sundays() {
    Service service = new Service(1, windows(Duration.ofDays(14)));
    service.run(WEEK.multipliedBy(2).plus(DAY.multipliedBy(6)).plus(Duration.ofHours(12)));
    double value = service.feed.last().value();
    assertThat(service.feed.last().expected()).isCloseTo(value, within(0.15 * value));
  }

  @Test
  void with_one_week_remembered_the_weekend_is_outside() {
    Share share = outside(windows(WEEK), 3);
    assertThat(share.weekend()).as("%s", share).isBetween(0.3, 0.7);
    assertThat(share.monday()).as("%s", share).isZero();
  }

  @Test
  void a_leak_on_a_saturday_is_found() {
    for (long seed = 1; seed <= 3; seed++) {
      Service service = new Service(seed, windows(Duration.ofDays(14)));
      service.run(WEEK.multipliedBy(2).plus(DAY.multipliedBy(5)).plus(Duration.ofHours(6)));
      service.feed.reset();
      service.leak(Duration.ofHours(18), 400);
      assertThat(service.feed.last().score()).as("seed %d", seed).isGreaterThan(10);
      assertThat(service.feed.firstConfirmed)
          .as("seed %d: confirmed", seed)
          .isBetween(0L, Duration.ofHours(8).toMillis());
    }
  }

  @Test
  void a_leak_of_three_days_moves_no_day_of_the_week() {
    Service service = new Service(1, windows(Duration.ofDays(28)));
    service.run(WEEK.multipliedBy(4).plus(DAY));
    service.leak(DAY.multipliedBy(3), 400);
    assertThat(service.feed.last().leakState()).isEqualTo(LeakState.CONFIRMED);
    service.feed.restart();
    service.run(Duration.ofHours(3)).feed.reset();
    service.run(DAY.multipliedBy(10));
    assertThat(service.feed.outside).isLessThan(15);
  }

  @Test
  void a_judge_that_was_stored_in_the_middle_of_a_week_goes_on_with_the_same_bytes()
      throws IOException {
    JudgeConfig config = windows(Duration.ofDays(14));
    Service lasting = new Service(3, config);
    Service stored = new Service(3, config);
    for (int part = 0; part < 40; part++) {
      lasting.run(Duration.ofHours(17));
      stored.run(Duration.ofHours(17));
      byte[] state = bytes(stored.feed.judge);
      assertThat(Arrays.equals(state, bytes(lasting.feed.judge))).as("part %d", part).isTrue();
      stored.feed.judge =
          Judge.decode(
              new DataInputStream(new ByteArrayInputStream(state)),
              new SeriesShape(Side.BOTH, Reduce.TROUGH, 25),
              config);
      assertThat(stored.feed.judge.band(stored.feed.now, null))
          .isEqualTo(lasting.feed.judge.band(lasting.feed.now, null));
    }
  }

  private static byte[] bytes(Judge judge) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    judge.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
