package dev.tidemark.engine.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.engine.Measure;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static double[] positions(int n) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> i);
    return x;
  }

  @Test
  void mann_kendall_without_ties_has_the_textbook_variance() {
    double[] y = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    MannKendall rising = MannKendall.of(y);
    assertThat(rising.tau()).isEqualTo(1);
    // S = 45, Var = 10·9·25/18 = 125, z = 44/√125
    assertThat(rising.pValue()).isCloseTo(4.1e-5, within(0.1e-5));
  }

  @Test
  void mann_kendall_corrects_for_ties() {
    // S = 5, one tie of two and one of three: Var = (5·4·15 − 2·1·9 − 3·2·11)/18 = 12
    MannKendall tied = MannKendall.of(new double[] {1, 1, 2, 2, 2});
    assertThat(tied.pValue()).isCloseTo(MannKendall.upperTail(5 / Math.sqrt(12)), within(1e-12));
    assertThat(tied.tau()).isCloseTo(6 / Math.sqrt(10.0 * 6), within(1e-12));
  }

  @Test
  void mann_kendall_of_an_end_is_that_of_its_values_alone() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[] y = new double[2 + random.nextInt(40)];
      Arrays.setAll(y, i -> random.nextInt(1 + random.nextInt(20)));
      MannKendall.Pairs pairs = new MannKendall.Pairs(y);
      int first = random.nextInt(y.length);
      assertThat(pairs.from(first))
          .as("seed %d", seed)
          .isEqualTo(MannKendall.of(Arrays.copyOfRange(y, first, y.length)));
    }
  }

  @Test
  void mann_kendall_corrects_for_ties_in_groups_of_any_size() {
    // groups of 4, 3 and 2: 4·3·13 + 3·2·11 + 2·1·9 = 240
    MannKendall tied = MannKendall.of(new double[] {5, 5, 1, 7, 1, 5, 7, 1, 5, 2});
    double variance = (10 * 9 * 25 - 240) / 18.0;
    double s = tied.z() * Math.sqrt(variance);
    assertThat(s).isCloseTo(Math.rint(s), within(1e-9));
  }

  @Test
  void equal_values_do_not_rise_whatever_the_sign_of_zero() {
    assertThat(MannKendall.of(new double[] {-0.0, 0.0, -0.0, 0.0}).pValue()).isEqualTo(1);
    assertThat(MannKendall.of(new double[] {3, 3, 3, 3}).tau()).isZero();
  }

  @Test
  void the_normal_tail_is_right_to_six_digits() {
    assertThat(MannKendall.upperTail(0)).isCloseTo(0.5, within(1e-7));
    assertThat(MannKendall.upperTail(1.959964)).isCloseTo(0.025, within(1e-7));
    assertThat(MannKendall.upperTail(-1.644854)).isCloseTo(0.95, within(1e-7));
    assertThat(MannKendall.upperTail(40)).isBetween(0.0, 1e-20);
  }

  @Test
  void p_values_of_noise_are_as_small_as_they_claim() {
    long seed = 3;
    Random random = new Random(seed);
    int small = 0;
    for (int i = 0; i < 20_000; i++) {
      double[] y = new double[30];
      Arrays.setAll(y, j -> random.nextGaussian());
      small += MannKendall.of(y).pValue() <= 0.01 ? 1 : 0;
    }
    assertThat(small / 20_000.0).as("seed %d", seed).isBetween(0.007, 0.013);
  }

  @Test
  void theil_sen_finds_a_line_in_spite_of_outliers() {
    double[] x = positions(30);
    double[] y = new double[30];
    Arrays.setAll(y, i -> 100 + 2.5 * i + (i % 7 == 3 ? 1000 : 0));
    TheilSen line = TheilSen.of(x, y);
    assertThat(line.slope()).isCloseTo(2.5, within(1e-9));
    assertThat(line.intercept()).isCloseTo(100, within(1e-9));
    assertThat(line.noise()).isCloseTo(0, within(1e-9));
  }

  @Test
  void a_rough_slope_is_that_of_the_line_and_deaf_to_outliers_too() {
    double[] y = new double[31];
    Arrays.setAll(y, i -> 100 - 2.5 * i + (i == 4 || i == 30 ? 1000 : 0));
    assertThat(TheilSen.roughSlope(positions(31), y)).isCloseTo(-2.5, within(1e-9));
    assertThat(TheilSen.roughSlope(positions(2), new double[] {1, 4})).isEqualTo(3);
    assertThat(TheilSen.roughSlope(positions(1), new double[] {1})).isNaN();
  }

  @Test
  void a_rough_slope_scatters_little_more_than_the_median_of_all_pairs() {
    long seed = 8;
    Random random = new Random(seed);
    double rough = 0;
    double all = 0;
    for (int i = 0; i < 2_000; i++) {
      double[] y = random.doubles(30).toArray();
      rough += Math.pow(TheilSen.roughSlope(positions(30), y), 2);
      all += Math.pow(TheilSen.slope(positions(30), y, 0, 30), 2);
    }
    assertThat(Math.sqrt(rough / all)).as("seed %d", seed).isBetween(1.0, 1.6);
  }

  @Test
  void points_since_a_time_are_those_of_blocks_that_begin_then() {
    Points points = new Points(new double[] {-1.5, -1, -0.5, 0}, new double[] {1, 2, 3, 4});
    assertThat(points.since(Long.MIN_VALUE)).isSameAs(points);
    assertThat(points.since(-1000).y()).containsExactly(2, 3, 4);
    assertThat(points.since(-999).y()).containsExactly(3, 4);
    assertThat(points.since(1).y()).isEmpty();
  }

  @Test
  void noise_is_a_standard_deviation() {
    long seed = 5;
    Random random = new Random(seed);
    double[] y = new double[4000];
    Arrays.setAll(y, i -> 20 * random.nextGaussian());
    assertThat(TheilSen.scatter(y, 0, y.length)).as("seed %d", seed).isCloseTo(20, within(1.0));
  }

  @Test
  void the_median_equals_that_of_sorting() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      double[] values =
          random.doubles(1 + random.nextInt(60)).map(v -> Math.floor(v * 9)).toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      double expected = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
      assertThat(TheilSen.median(values)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void numbers_read_well_in_a_sentence() {
    assertThat(
            new String[] {
              Numbers.brief(4870), Numbers.brief(38.24), Numbers.brief(0.0003),
              Numbers.brief(-1234567.8), Numbers.brief(0), Numbers.brief(99.999),
              Numbers.brief(0.5), Numbers.brief(3e-9), Numbers.brief(Double.NaN)
            })
        .containsExactly(
            "4,870", "38.24", "0.0003", "-1,234,568", "0", "100", "0.5", "3.0e-09", "NaN");
    assertThat(Numbers.rate(38 / 3600.0, 7200, Measure.COUNT)).isEqualTo("38/h");
    assertThat(Numbers.rate(8, 60, Measure.COUNT)).isEqualTo("8/s");
    assertThat(Numbers.time(31 * 3600)).isEqualTo("31 h");
    assertThat(Numbers.time(1e7)).isEqualTo("116 d");
  }

  @Test
  void amounts_have_the_unit_that_suits_them() {
    assertThat(
            new String[] {
              Numbers.amount(4870, Measure.COUNT),
              Numbers.amount(0, Measure.BYTES),
              Numbers.amount(-1023, Measure.BYTES),
              Numbers.amount(88_604_672, Measure.BYTES),
              Numbers.amount(1L << 30, Measure.BYTES),
              Numbers.amount(9e18, Measure.BYTES),
              Numbers.amount(0.00005, Measure.SECONDS),
              Numbers.amount(0.012, Measure.SECONDS),
              Numbers.amount(18_720, Measure.SECONDS),
              Numbers.amount(0.731, Measure.RATIO),
              Numbers.amount(Double.NaN, Measure.BYTES)
            })
        .containsExactly(
            "4,870",
            "0 B",
            "-1,023 B",
            "84.5 MiB",
            "1 GiB",
            "8,185,452 TiB",
            "0.05 ms",
            "12 ms",
            "5.2 h",
            "73.1 %",
            "NaN B");
    assertThat(Numbers.rate(2048, 7200, Measure.BYTES)).isEqualTo("7.03 MiB/h");
  }
}
