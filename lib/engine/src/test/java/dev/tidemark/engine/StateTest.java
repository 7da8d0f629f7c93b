package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is what comes back, bit for bit, and damage is noticed. */
class StateTest {
  private static JudgeConfig config() {
    JudgeConfig usual = JudgeConfig.defaults();
    return new JudgeConfig(
        usual.interval(),
        usual.windows(),
        Duration.ofMinutes(20),
        Duration.ofMinutes(5),
        Duration.ofHours(6),
        30,
        new GrowthConfig(
            List.of(Duration.ofMinutes(30), Duration.ofHours(2)), Duration.ofMinutes(5)));
  }

  /** Noise with gaps, restarts, steps, leaks, duplicates and what is not a number. */
  private static final class Stream {
    private final Random random;
    private long time = Feed.MONDAY;
    private long start = Feed.MONDAY;
    private double level = 300;
    private double slope;

    Stream(long seed) {
      random = new Random(seed);
    }

    Sample next() {
      int dice = random.nextInt(1000);
      time += dice < 5 ? random.nextInt(3_600_000) : dice < 15 ? 0 : 30_000;
      if (dice == 20) {
        start = time;
        level = 300;
        slope = 0;
      } else if (dice == 21) {
        slope = random.nextDouble() * 2;
      } else if (dice == 22) {
        level *= 0.5 + random.nextDouble();
      }
      level += slope;
      double value = dice == 30 ? Double.NaN : level + 5 * random.nextGaussian();
      return new Sample(time, value, 5000, random.nextInt(50) == 0 ? 0 : start);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_judge_that_was_stored_goes_on_as_if_nothing_had_happened(Reduce reduce)
      throws IOException {
    SeriesShape shape = new SeriesShape(Side.BOTH, reduce, 10);
    for (long seed = 1; seed <= 6; seed++) {
      Stream stream = new Stream(seed);
      Judge lasting = new Judge(shape, config());
      Judge stored = new Judge(shape, config());
      int frozen = 0;
      for (int i = 0; i < 6000; i++) {
        Sample sample = stream.next();
        Judgement expected = lasting.observe(sample, null);
        assertThat(stored.observe(sample, null))
            .as("seed %d, step %d", seed, i)
            .isEqualTo(expected);
        frozen += expected.frozen() ? 1 : 0;
        if (i % 241 == 0) {
          stored = Judge.decode(in(bytes(stored)), shape, config());
          if (!expected.ignored()) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            expected.encode(new DataOutputStream(said));
            assertThat(Judgement.decode(in(said.toByteArray()), stored)).isEqualTo(expected);
          }
          assertThat(stored.teaches()).isEqualTo(lasting.teaches());
          assertThat(stored.newestMillis()).isEqualTo(lasting.newestMillis());
        }
      }
      assertThat(bytes(stored)).as("seed %d", seed).isEqualTo(bytes(lasting));
      assertThat(stored.ignoredLate()).isEqualTo(lasting.ignoredLate()).isPositive();
      assertThat(stored.ignoredNotFinite()).isEqualTo(lasting.ignoredNotFinite()).isPositive();
      assertThat(frozen).as("seed %d visits the frozen state", seed).isPositive();
    }
  }

  @Test
  void damaged_and_cut_judges_are_refused_with_an_io_exception_or_harmless() throws IOException {
    SeriesShape shape = new SeriesShape(Side.HIGH, Reduce.MEDIAN, 10);
    Stream stream = new Stream(5);
    Judge judge = new Judge(shape, config());
    for (int i = 0; i < 3000; i++) {
      judge.observe(stream.next(), null);
    }
    byte[] good = bytes(judge);
    Random random = new Random(8);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        bad[random.nextInt(Math.min(bad.length, i % 2 == 0 ? 400 : bad.length))] ^=
            (byte) (1 << random.nextInt(8));
      }
      byte[] cut = Arrays.copyOf(bad, i % 3 == 0 ? random.nextInt(bad.length) : bad.length);
      try {
        Judge read = Judge.decode(in(cut), shape, config());
        read.observe(new Sample(Feed.MONDAY * 2, 1, Double.NaN, 0), null);
      } catch (IOException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }

  @Test
  void another_version_or_configuration_is_named() throws IOException {
    SeriesShape shape = new SeriesShape(Side.HIGH, Reduce.MEDIAN, 10);
    byte[] good = bytes(new Judge(shape, config()));
    assertThatThrownBy(() -> Judge.decode(in(good), shape, JudgeConfig.defaults()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another configuration");
    byte[] newer = good.clone();
    newer[0] = 99;
    assertThatThrownBy(() -> Judge.decode(in(newer), shape, config()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 99");
    assertThatThrownBy(() -> Judge.decode(in(new byte[0]), shape, config()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void what_a_later_release_added_at_the_end_is_passed_over() throws IOException {
    SeriesShape shape = new SeriesShape(Side.HIGH, Reduce.MEDIAN, 10);
    Stream stream = new Stream(6);
    Judge judge = new Judge(shape, config());
    Judgement said = judge.observe(stream.next(), null);
    byte[] state = bytes(judge);
    byte[] later = Arrays.copyOf(state, state.length + 9);
    later[1]++; // the edition
    Judge read = Judge.decode(in(later), shape, config());
    assertThat(bytes(read)).isEqualTo(state);
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    said.encode(new DataOutputStream(words));
    byte[] laterWords = Arrays.copyOf(words.toByteArray(), words.size() + 9);
    laterWords[1]++;
    assertThat(Judgement.decode(in(laterWords), read)).isEqualTo(said);
  }

  private static byte[] bytes(Judge judge) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    judge.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
