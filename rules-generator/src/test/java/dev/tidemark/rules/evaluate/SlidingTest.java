package dev.tidemark.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What slides is as near to the truth as what is added up anew, as Prometheus does. */
class SlidingTest {
  private static final MathContext EXACT = new MathContext(400);

  /** Units in the last place that both may be off beside what Prometheus' way is off. */
  private static final int ULPS = 4;

  @Test
  void is_as_exact_as_all_added_up_anew() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      double[] values = values(random, seed % 6);
      int length = 1 + random.nextInt(80);
      Sliding sliding = new Sliding(values);
      for (int to = 1; to <= values.length; to += 1 + random.nextInt(3)) {
        int from = Math.max(0, to - length);
        same("seed %d to %d".formatted(seed, to), sliding.of(from, to), values, from, to);
      }
    }
  }

  /** Noise about a level small or large, with gaps, outliers, and what is no number. */
  private static double[] values(Random random, int kind) {
    double[] values = new double[400];
    for (int i = 0; i < values.length; i++) {
      double level = kind == 1 ? 1e9 : kind == 2 ? -1e-6 : 50;
      values[i] = level + random.nextGaussian() * (kind == 2 ? 1e-7 : 1);
      if (kind == 3 && random.nextInt(50) == 0) {
        values[i] = random.nextBoolean() ? 1e200 : -1e17;
      }
      if (kind == 4 && random.nextInt(40) == 0) {
        values[i] = random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
      }
      if (kind >= 4 && random.nextInt(3) == 0) {
        values[i] = Row.ABSENT;
      }
    }
    return values;
  }

  private static void same(String what, Sums found, double[] values, int from, int to) {
    Sums anew = Sums.of(values, from, to);
    assertThat(found.count()).as(what).isEqualTo(anew.count());
    if (anew.count() == 0 || !Double.isFinite(anew.sum()) || !Double.isFinite(anew.variance())) {
      assertThat(found).as(what).isEqualTo(anew);
      return;
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = from; i < to; i++) {
      sum = Row.isAbsent(values[i]) ? sum : sum.add(new BigDecimal(values[i]));
    }
    BigDecimal count = BigDecimal.valueOf(anew.count());
    BigDecimal mean = sum.divide(count, EXACT);
    BigDecimal squares = BigDecimal.ZERO;
    for (int i = from; i < to; i++) {
      if (!Row.isAbsent(values[i])) {
        BigDecimal apart = new BigDecimal(values[i]).subtract(mean);
        squares = squares.add(apart.multiply(apart));
      }
    }
    near(what + " sum", found.sum(), anew.sum(), sum.doubleValue());
    near(
        what + " variance",
        found.variance(),
        anew.variance(),
        squares.divide(count, EXACT).doubleValue());
  }

  private static void near(String what, double found, double anew, double exact) {
    double off = Math.abs(anew - exact) + ULPS * Math.ulp(exact);
    assertThat(Math.abs(found - exact))
        .as("%s: %s, %s", what, found, exact)
        .isLessThanOrEqualTo(off);
  }
}
