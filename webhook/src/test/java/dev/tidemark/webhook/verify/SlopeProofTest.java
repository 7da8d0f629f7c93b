package dev.tidemark.webhook.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SlopeProofTest {
  static Trend trend(int samples, IntToDoubleFunction value) {
    long[] millis = new long[samples];
    double[] values = new double[samples];
    for (int i = 0; i < samples; i++) {
      millis[i] = 1_700_000_000_000L + i * 1000L;
      values[i] = value.applyAsDouble(i);
    }
    return Trend.of(millis, values, 25);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_the_slopes_prove(
      String description, Trend before, Trend after, Proof.Kind kind, String words) {
    Proof proof = SlopeProof.of("goroutines", before, after, 60);
    assertThat(proof.kind()).as(proof.text()).isEqualTo(kind);
    assertThat(proof.text()).contains(words);
  }

  static Stream<Arguments> what_the_slopes_prove() {
    Trend leak = trend(60, i -> 5000 + 50 * i);
    Random random = new Random(3);
    return Stream.of(
        Arguments.of("flat after", leak, trend(60, i -> 500), Proof.Kind.CURED, "50/s before"),
        Arguments.of(
            "noise after",
            leak,
            trend(60, i -> 500 + 40 * random.nextGaussian()),
            Proof.Kind.CURED,
            "after"),
        Arguments.of(
            "a tenth as fast",
            leak,
            trend(60, i -> 500 + 4.9 * i),
            Proof.Kind.CURED,
            "4.9/s after"),
        Arguments.of(
            "as fast", leak, trend(60, i -> 500 + 50 * i), Proof.Kind.RECURS, "recurs in 90 s"),
        Arguments.of(
            "half as fast",
            leak,
            trend(60, i -> 500 + 25 * i),
            Proof.Kind.RECURS,
            "recurs in 4 min"),
        Arguments.of(
            "slow but steady",
            trend(60, i -> 5000 + 0.1 * i),
            trend(60, i -> 500 + 0.05 * i),
            Proof.Kind.RECURS,
            "recurs in 25 h"),
        Arguments.of(
            "not lowered at all",
            leak,
            trend(60, i -> 9000 + 50 * i),
            Proof.Kind.RECURS,
            "already back"),
        Arguments.of(
            "few, by chance half as many",
            leak,
            trend(60, i -> i % 7 == 0 ? 12 : 5),
            Proof.Kind.CURED,
            "after"),
        Arguments.of("gone", leak, Trend.UNKNOWN, Proof.Kind.INCONCLUSIVE, "no data after"),
        Arguments.of(
            "hardly any data", leak, trend(4, i -> 500), Proof.Kind.INCONCLUSIVE, "no data after"),
        Arguments.of(
            "unknown before",
            Trend.UNKNOWN,
            trend(60, i -> 500),
            Proof.Kind.INCONCLUSIVE,
            "too few samples before"),
        Arguments.of(
            "flat before",
            trend(60, i -> 9000),
            trend(60, i -> 500),
            Proof.Kind.INCONCLUSIVE,
            "did not grow before"),
        Arguments.of(
            "restarted again",
            leak,
            trend(60, i -> i < 30 ? 500 + 50 * i : 500),
            Proof.Kind.INCONCLUSIVE,
            "restarted once more"));
  }

  @Test
  void the_slope_bears_with_outliers() {
    Random random = new Random(11);
    Trend trend = trend(300, i -> i % 10 == 3 ? 1e6 * random.nextDouble() : 100 + 2 * i);
    assertThat(trend.perSecond()).isCloseTo(2, within(0.1));
    assertThat(trend(0, i -> 0).isKnown()).isFalse();
    assertThat(trend(5, i -> 7).perSecond()).isZero();
  }

  @Test
  void spans_read_like_a_person_says_them() {
    assertThat(Stream.of(0.2, 90.0, 600.0, 7200.0, 111_600.0, 864_000.0).map(SlopeProof::span))
        .containsExactly("1 s", "90 s", "10 min", "2 h", "31 h", "10 d");
  }
}
