package dev.tidemark.engine.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogCodeTest {
  @Test
  void a_value_keeps_half_a_percent_of_its_size_over_fifty_magnitudes() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      double value = Math.pow(10, random.nextDouble() * 50 - 25) * (random.nextBoolean() ? 1 : -1);
      double back = LogCode.decode(LogCode.encode(value));
      assertThat(Math.abs(back - value) / Math.abs(value))
          .as("seed %d, value %s", seed, value)
          .isLessThanOrEqualTo(LogCode.ALPHA * (1 + 1e-9));
    }
  }

  @Test
  void codes_are_in_the_order_of_their_values() {
    double[] ascending = {
      -1e300, -1e15, -2, -1, -1e-9, -1e-70, 0, 1e-70, 1e-9, 1, 1.02, 2, 5000, 1e15, 1e60
    };
    for (int i = 1; i < ascending.length; i++) {
      assertThat((int) LogCode.encode(ascending[i]))
          .as("%s after %s", ascending[i], ascending[i - 1])
          .isGreaterThan(LogCode.encode(ascending[i - 1]));
    }
  }

  @Test
  void zero_of_either_sign_and_what_is_too_small_become_zero() {
    assertThat(LogCode.decode(LogCode.encode(0.0))).isZero();
    assertThat(LogCode.encode(-0.0)).isEqualTo(LogCode.encode(0.0));
    assertThat(LogCode.decode(LogCode.encode(Double.MIN_VALUE))).isZero();
    assertThat(LogCode.decode(LogCode.encode(-1e-80))).isZero();
  }

  @Test
  void what_is_too_large_becomes_the_last_bucket_of_its_sign() {
    assertThat(LogCode.encode(Double.MAX_VALUE)).isEqualTo('\uffff');
    assertThat((int) LogCode.encode(-Double.MAX_VALUE)).isEqualTo(1);
    assertThat(LogCode.decode('\uffff')).isCloseTo(1.3e71, within(0.5e71));
    assertThat(LogCode.decode((char) 1)).isEqualTo(-LogCode.decode('\uffff'));
  }

  @Test
  void an_empty_slot_is_not_a_number() {
    assertThat(LogCode.decode(LogCode.NONE)).isNaN();
  }

  @Test
  void what_is_not_finite_has_no_code() {
    for (double v : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> LogCode.encode(v)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
