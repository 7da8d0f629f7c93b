package dev.tidemark.engine.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodeRingTest {
  private static final double[] QUANTILES = {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1};

  static Stream<Arguments> distributions() {
    return Stream.of(
        distribution("constant", r -> 5000.0),
        distribution("uniform", r -> r.nextDouble() * 1000),
        distribution("gaussian around zero", Random::nextGaussian),
        distribution("gaussian far from zero", r -> 1e9 + 1e7 * r.nextGaussian()),
        distribution("lognormal over many magnitudes", r -> Math.exp(8 * r.nextGaussian())),
        distribution("Pareto", r -> Math.pow(1 - r.nextDouble(), -2)),
        distribution("mostly zero", r -> r.nextInt(10) == 0 ? 17.0 : 0.0),
        distribution("all negative", r -> -1 - r.nextInt(500)),
        distribution("two modes", r -> r.nextBoolean() ? 1e-9 : 1e15),
        distribution("small counts", r -> (double) r.nextInt(12)));
  }

  private static Arguments distribution(String name, Function<Random, ? extends Number> draw) {
    return Arguments.of(name, draw);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("distributions")
  void quantiles_lie_between_neighbouring_order_statistics(
      String name, Function<Random, Number> draw) {
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      int slots = 1 + random.nextInt(700);
      CodeRing ring = new Palette(1).ring(0, 15_000, slots);
      TreeMap<Long, Double> exact = new TreeMap<>();
      long slot = 1_000_000;
      for (int i = 0; i < 2000; i++) {
        slot += random.nextInt(20) == 0 ? random.nextInt(2 * slots) : random.nextInt(3);
        double value = draw.apply(random).doubleValue();
        boolean taken = ring.add(slot * 15_000 + random.nextInt(15_000), LogCode.encode(value));
        assertThat(taken).isEqualTo(!exact.containsKey(slot));
        exact.putIfAbsent(slot, value);
        exact.headMap(slot - slots, true).clear();
        if (i % 97 == 0) {
          check(ring, exact.values(), name + ", seed " + seed + ", step " + i);
        }
      }
    }
  }

  private static void check(CodeRing ring, Collection<Double> exact, String where) {
    List<Double> sorted = exact.stream().sorted().toList();
    assertThat(ring.filled()).as(where).isEqualTo(sorted.size());
    for (double q : QUANTILES) {
      double rank = q * (sorted.size() - 1);
      double low = sorted.get((int) Math.floor(rank));
      double high = sorted.get((int) Math.ceil(rank));
      assertThat(ring.quantile(q))
          .as("%s, q %s", where, q)
          .isBetween(low - 0.01 * Math.abs(low), high + 0.01 * Math.abs(high));
    }
  }

  @Test
  void agrees_with_ddsketch_within_both_errors() {
    long seed = 11;
    Random random = new Random(seed);
    CodeRing ring = new Palette(1).ring(0, 60_000, 1440);
    DDSketch sketch = DDSketches.unboundedDense(0.005);
    for (int i = 0; i < 1440; i++) {
      double value = Math.exp(3 * random.nextGaussian());
      ring.add(i * 60_000L, LogCode.encode(value));
      sketch.accept(value);
    }
    for (double q : QUANTILES) {
      double theirs = sketch.getValueAtQuantile(q);
      double next = sketch.getValueAtQuantile(Math.min(1, q + 1.0 / 1439));
      assertThat(ring.quantile(q))
          .as("seed %d, q %s", seed, q)
          .isBetween(theirs * 0.989, next * 1.011);
    }
  }

  @Test
  void interpolates_like_quantile_over_time() {
    CodeRing ring = new Palette(1).ring(0, 1000, 10);
    for (int i = 0; i < 4; i++) {
      ring.add(i * 1000L, LogCode.encode((i + 1) * 100));
    }
    assertThat(ring.quantile(0.5)).isCloseTo(250, within(2.5));
    assertThat(ring.quantile(0.9)).isCloseTo(370, within(3.7));
  }

  @Test
  void an_empty_window_has_no_quantile_and_a_wrong_q_is_refused() {
    CodeRing ring = new Palette(1).ring(0, 1000, 10);
    assertThat(ring.quantile(0.5)).isNaN();
    assertThat(ring.at(0)).isNaN();
    assertThat(ring.values()).containsOnly(Double.NaN);
    for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> ring.quantile(q)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_jump_of_the_clock_clears_what_left_the_window() {
    CodeRing ring = new Palette(1).ring(0, 1000, 10);
    ring.add(0, LogCode.encode(1));
    ring.add(5_000, LogCode.encode(2));
    ring.add(12_000, LogCode.encode(3));
    assertThat(ring.filled()).isEqualTo(2);
    ring.add(1L << 50, LogCode.encode(4));
    assertThat(ring.filled()).isEqualTo(1);
    assertThat(ring.at(12_000)).isNaN();
  }

  @Test
  void times_before_1970_have_slots_too() {
    CodeRing ring = new Palette(1).ring(0, 1000, 3);
    ring.add(-1, LogCode.encode(7));
    ring.add(0, LogCode.encode(8));
    assertThat(ring.filled()).isEqualTo(2);
    assertThat(ring.at(-500)).isCloseTo(7, within(0.07));
  }

  @Test
  void taking_away_what_was_never_added_is_an_error() {
    CodeCounts counts = new CodeCounts();
    CodeCounts others = new CodeCounts();
    others.add(LogCode.encode(1));
    assertThatThrownBy(() -> counts.removeAll(others)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void damaged_counts_are_refused_without_reading_on() throws IOException {
    List<byte[]> damaged = new ArrayList<>();
    damaged.add(ints(-1));
    damaged.add(ints(Integer.MAX_VALUE));
    damaged.add(ints(1, 0, 0));
    damaged.add(ints(2));
    for (byte[] bytes : damaged) {
      assertThatThrownBy(() -> CodeCounts.decode(in(bytes))).isInstanceOf(IOException.class);
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] ints(int... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int value : values) {
      new DataOutputStream(bytes).writeInt(value);
    }
    return bytes.toByteArray();
  }
}
