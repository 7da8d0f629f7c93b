package dev.tidemark.engine.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rings that share a palette against windows that share nothing: equal in every bit. */
class PaletteTest {
  private static final double[] QUANTILES = {0, 0.01, 0.3, 0.5, 0.501, 0.95, 0.99, 1};
  private static final long[] SLOT_MILLIS = {1_000, 2_000, 10_000};
  private static final int[] SLOTS = {60, 300, 400};

  private interface Values {
    double next(Random random, int step);
  }

  static Stream<Arguments> series() {
    return Stream.of(
        series("constant", (r, i) -> 5000),
        series("quiet", (r, i) -> 5000 + 50 * r.nextGaussian()),
        series("noisy", (r, i) -> 5000 + 1500 * r.nextGaussian()),
        series("around zero", (r, i) -> r.nextInt(5) - 2),
        series("more codes than a byte counts", (r, i) -> Math.exp(4 * r.nextGaussian())),
        series("every code once", (r, i) -> Math.exp(i / 90.0)),
        series("wild, then quiet", (r, i) -> i < 900 ? Math.exp(9 * r.nextDouble()) : 7),
        series("levels that come back", (r, i) -> 100 * (1 + i / 50 % 7) + r.nextInt(20)));
  }

  private static Arguments series(String name, Values values) {
    return Arguments.of(name, values);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("series")
  void rings_answer_and_encode_as_plain_windows_do(String name, Values values) throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      CodeRing[] rings = rings();
      PlainWindow[] plain = new PlainWindow[SLOTS.length];
      for (int r = 0; r < plain.length; r++) {
        plain[r] = new PlainWindow(SLOT_MILLIS[r], SLOTS[r]);
      }
      long time = -500_000;
      for (int i = 0; i < 4000; i++) {
        int dice = random.nextInt(1000);
        time +=
            dice == 0 ? random.nextInt(8_000_000) : dice < 30 ? -1500 : 1 + random.nextInt(2000);
        char code = LogCode.encode(values.next(random, i));
        String where = name + ", seed " + seed + ", step " + i;
        for (int r = 0; r < rings.length; r++) {
          assertThat(rings[r].add(time, code)).as(where).isEqualTo(plain[r].add(time, code));
        }
        if (i % 61 == 0) {
          for (int r = 0; r < rings.length; r++) {
            check(rings[r], plain[r], time, where + ", ring " + r);
          }
        }
        if (i % 977 == 0) {
          rings = restored(rings);
        }
      }
    }
  }

  private static CodeRing[] rings() {
    Palette palette = new Palette(SLOTS.length);
    CodeRing[] rings = new CodeRing[SLOTS.length];
    for (int r = 0; r < rings.length; r++) {
      rings[r] = palette.ring(r, SLOT_MILLIS[r], SLOTS[r]);
    }
    return rings;
  }

  private static CodeRing[] restored(CodeRing[] rings) throws IOException {
    CodeRing[] read = rings();
    for (int r = 0; r < rings.length; r++) {
      read[r].restore(new DataInputStream(new ByteArrayInputStream(bytes(rings[r]))));
    }
    return read;
  }

  private static byte[] bytes(CodeRing ring) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ring.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static void check(CodeRing ring, PlainWindow plain, long time, String where)
      throws IOException {
    assertThat(ring.filled()).as(where).isEqualTo(plain.filled());
    assertThat(bytes(ring)).as(where).isEqualTo(plain.bytes());
    for (double q : QUANTILES) {
      assertThat(ring.quantile(q))
          .as("%s, q %s", where, q)
          .isEqualTo(Double.valueOf(plain.quantile(q)));
    }
    for (long back = -5_000; back < 500_000; back += 7_777) {
      assertThat(ring.at(time - back)).as(where).isEqualTo(Double.valueOf(plain.at(time - back)));
    }
  }

  @Test
  void a_code_that_no_ring_holds_any_more_makes_room_for_another() {
    Palette palette = new Palette(1);
    CodeRing ring = palette.ring(0, 1000, 10);
    for (int i = 0; i < 100_000; i++) {
      ring.add(i * 1000L, (char) (1 + i % 60_000));
      assertThat(palette.used()).isEqualTo(Math.min(i + 1, 10));
    }
    assertThat(ring.at(99_999_000L)).isEqualTo(LogCode.decode((char) (1 + 99_999 % 60_000)));
  }

  @Test
  void a_window_of_as_many_slots_as_there_can_be_counts_them_all() {
    CodeRing ring = new Palette(2).ring(1, 1, 65_535);
    for (int i = 0; i < 200_000; i++) {
      ring.add(i, LogCode.encode(i % 3 == 0 ? 1 : 2));
    }
    assertThat(ring.filled()).isEqualTo(65_535);
    assertThat(ring.quantile(0.3)).isEqualTo(LogCode.decode(LogCode.encode(1)));
    assertThat(ring.quantile(0.5)).isEqualTo(LogCode.decode(LogCode.encode(2)));
  }

  @Test
  void damaged_windows_are_refused() throws IOException {
    long seed = 3;
    Random random = new Random(seed);
    CodeRing ring = new Palette(1).ring(0, 1000, 40);
    for (int i = 0; i < 60; i += 1 + i % 3) {
      ring.add(i * 1000L, LogCode.encode(i % 4));
    }
    byte[] good = bytes(ring);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      CodeRing read = new Palette(1).ring(0, 1000, 40);
      try {
        read.restore(new DataInputStream(new ByteArrayInputStream(bad)));
        assertThat(bytes(read)).as("seed %s, case %s", seed, i).isEqualTo(bad);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).as("seed %s", seed).isBetween(200, 1800);
  }

  @Test
  void taking_away_what_was_never_added_is_an_error() {
    Palette palette = new Palette(2);
    int number = palette.add(LogCode.encode(1), 0);
    assertThatThrownBy(() -> palette.remove(number, 1)).isInstanceOf(IllegalStateException.class);
  }
}
