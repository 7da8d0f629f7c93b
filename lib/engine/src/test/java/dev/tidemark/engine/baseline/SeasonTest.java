package dev.tidemark.engine.baseline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SeasonTest {
  private static final long SLOT = 300_000;
  private static final long DAY = 86_400_000;

  /** Midnight. */
  private static final long END = 20_000 * DAY;

  private static @Nullable Season season(int days, LongToDoubleFunction value) {
    double[] values = new double[(int) (days * DAY / SLOT)];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(END - (values.length - i) * SLOT);
    }
    return Season.of(values, SLOT, END);
  }

  private static double rhythm(long t) {
    return 1000 + 300 * Math.sin(2 * Math.PI * t / DAY);
  }

  @Test
  void finds_the_rhythm_whatever_the_level_of_the_days() {
    Random noise = new Random(1);
    Season season =
        requireNonNull(
            season(7, t -> rhythm(t) + 20 * noise.nextGaussian() + (t / DAY % 7 >= 5 ? -400 : 0)));
    for (int hour = 0; hour < 24; hour++) {
      long time = 20_005 * DAY + hour * 3_600_000L;
      assertThat(season.at(time)).as("hour %d", hour).isCloseTo(rhythm(time) - 1000, within(30.0));
    }
    assertThat(season.high()).isBetween(40.0, 120.0);
    assertThat(season.low()).isBetween(-120.0, -40.0);
  }

  @Test
  void there_is_none_in_noise_in_a_line_in_few_days_or_in_nothing() {
    for (long seed = 1; seed <= 20; seed++) {
      Random noise = new Random(seed);
      double[] wander = {0};
      for (int days : new int[] {3, 7}) {
        assertThat(season(days, t -> 100 + noise.nextGaussian())).as("seed %d", seed).isNull();
      }
      assertThat(season(7, t -> wander[0] += -wander[0] / 50 + noise.nextGaussian()))
          .as("seed %d", seed)
          .isNull();
    }
    assertThat(season(7, t -> 5000)).isNull();
    assertThat(season(2, SeasonTest::rhythm)).isNull();
    assertThat(season(7, t -> Double.NaN)).isNull();
    assertThat(season(7, t -> 1e60 * rhythm(t))).as("too large for a float").isNull();
    assertThat(season(7, t -> t > END - 4 * DAY / 2 ? rhythm(t) : Double.NaN)).isNull();
  }

  private static double week(long t) {
    return rhythm(t) * (isWeekend(t) ? 1 / 3.0 : 1);
  }

  /** 1970 began with a Thursday. */
  private static boolean isWeekend(long t) {
    long day = Math.floorMod(t / DAY + 3, 7L);
    return day >= 5;
  }

  @Test
  void two_weeks_with_quiet_weekends_have_the_rhythm_of_a_week() {
    Random noise = new Random(2);
    Season season = requireNonNull(season(14, t -> week(t) * (1 + 0.03 * noise.nextGaussian())));
    assertThat(season.isWeekly()).isTrue();
    double level = 1000 * (5 + 2 / 3.0) / 7;
    assertThat(season.level()).isCloseTo(level, within(5.0));
    for (int hour = 1; hour < 7 * 24; hour++) {
      long time = END + hour * 3_600_000L + 1_800_000;
      assertThat(season.at(time)).as("hour %d", hour).isCloseTo(week(time) - level, within(35.0));
    }
    for (int day = 0; day < 7; day++) {
      long midnight = END + (day + 1) * DAY;
      assertThat(season.middle(midnight))
          .as("the day before midnight %d", day)
          .isCloseTo((isWeekend(midnight - 1) ? 1000 / 3.0 : 1000) - level, within(20.0));
    }
    assertThat(requireNonNull(season(13, SeasonTest::week)).isWeekly())
        .as("one week is none")
        .isFalse();
    double[] gap = {0};
    for (double hours : new double[] {20, 40}) {
      gap[0] = END - 3 * DAY - hours * 3_600_000;
      Season gappy = season(14, t -> t > gap[0] && t < END - 3 * DAY ? Double.NaN : week(t));
      assertThat(gappy != null && gappy.isWeekly())
          .as("%s hours are missing", hours)
          .isEqualTo(hours < 24);
    }
  }

  @Test
  void where_weeks_say_no_more_than_days_the_daily_rhythm_stays() {
    int weekly = 0;
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      double[] levels = random.doubles(28, -300, 300).toArray();
      int days = seed % 2 == 0 ? 14 : 28;
      Season season =
          requireNonNull(
              season(
                  days,
                  t ->
                      rhythm(t)
                          + 20 * random.nextGaussian()
                          + levels[(int) ((END - 1 - t) / DAY)]));
      weekly += season.isWeekly() ? 1 : 0;
    }
    assertThat(weekly).as("of 200 whose days differ by chance").isLessThanOrEqualTo(2);
    assertThat(requireNonNull(season(28, SeasonTest::rhythm)).isWeekly()).isFalse();
    for (long seed = 1; seed <= 20; seed++) {
      Random noise = new Random(seed);
      assertThat(season(28, t -> 100 + noise.nextGaussian())).as("seed %d", seed).isNull();
    }
  }

  @Test
  void a_daily_rhythm_is_written_as_in_every_edition_and_a_weekly_one_says_so() throws IOException {
    Season day = requireNonNull(season(7, SeasonTest::rhythm));
    Season week = requireNonNull(season(14, SeasonTest::week));
    assertThat(bytes(day)).hasSize(1 + 27 * 4).startsWith(1);
    assertThat(bytes(week)).hasSize(1 + 171 * 4).startsWith(2);
    Season read = requireNonNull(Season.decode(in(bytes(week))));
    assertThat(bytes(read)).isEqualTo(bytes(week));
    assertThat(read.middle(END)).isEqualTo(week.middle(END));
    assertThat(Season.decode(in(new byte[1]))).isNull();
    byte[] other = bytes(week);
    other[0] = 3;
    assertThatThrownBy(() -> Season.decode(in(other)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no rhythm is called 3");
  }

  private static byte[] bytes(Season season) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    season.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void what_was_stored_comes_back_and_damage_is_refused() throws IOException {
    Season season = requireNonNull(season(5, SeasonTest::rhythm));
    Season read = requireNonNull(Season.decode(in(bytes(season))));
    assertThat(read.at(END)).isEqualTo(season.at(END));
    assertThat(read.middle(END)).isEqualTo(season.middle(END));
    byte[] bad = bytes(season);
    bad[1] = 0x7f;
    bad[2] = (byte) 0xc0;
    assertThatThrownBy(() -> Season.decode(in(bad)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged season");
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
