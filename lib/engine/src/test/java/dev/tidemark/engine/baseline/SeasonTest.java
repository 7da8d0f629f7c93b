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

  @Test
  void what_was_stored_comes_back_and_damage_is_refused() throws IOException {
    Season season = requireNonNull(season(5, SeasonTest::rhythm));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    season.encode(new DataOutputStream(bytes));
    Season read = Season.decode(in(bytes.toByteArray()));
    assertThat(read.at(END)).isEqualTo(season.at(END));
    assertThat(read.middle()).isEqualTo(season.middle());
    byte[] bad = bytes.toByteArray();
    bad[0] = 0x7f;
    bad[1] = (byte) 0xc0;
    assertThatThrownBy(() -> Season.decode(in(bad)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged season");
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
