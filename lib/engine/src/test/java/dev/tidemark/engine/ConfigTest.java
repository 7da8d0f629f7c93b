package dev.tidemark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static JudgeConfig with(Duration interval, List<WindowShape> windows, Duration lag) {
    return new JudgeConfig(
        interval, windows, lag, Duration.ZERO, Duration.ofHours(1), 60, GrowthConfig.defaults());
  }

  @Test
  void a_slot_is_never_finer_than_the_interval_and_a_multiple_of_the_finest() {
    assertThat(JudgeConfig.defaults(Duration.ofSeconds(15)).windows().get(0).slots())
        .isEqualTo(240);
    assertThat(JudgeConfig.defaults(Duration.ofSeconds(30)).windows())
        .extracting(w -> w.slot().toSeconds())
        .containsExactly(30L, 60L, 300L);
    assertThat(JudgeConfig.defaults(Duration.ofSeconds(40)).windows())
        .extracting(w -> w.slot().toSeconds())
        .containsExactly(40L, 80L, 320L);
    assertThat(JudgeConfig.defaults(Duration.ofHours(2)).windows())
        .extracting(w -> w.slots())
        .containsExactly(1, 12, 84);
  }

  @Test
  void only_windows_finer_than_the_longest_need_every_sample_of_a_history() {
    assertThat(JudgeConfig.defaults().recent()).isEqualTo(Duration.ofMinutes(25 * 60 + 5));
    List<WindowShape> coarse =
        List.of(WindowShape.of(Duration.ofDays(7)), WindowShape.of(Duration.ofDays(28)));
    Duration recent = with(Duration.ofSeconds(30), coarse, Duration.ZERO).recent();
    assertThat(recent)
        .as("the longest horizon and a slot")
        .isEqualTo(Duration.ofMinutes(24 * 60 + 5));
  }

  @Test
  void windows_and_horizons_are_put_in_order() {
    JudgeConfig config =
        with(
            Duration.ofSeconds(1),
            List.of(
                new WindowShape(Duration.ofHours(2), Duration.ofMinutes(1)),
                new WindowShape(Duration.ofMinutes(5), Duration.ofSeconds(1))),
            Duration.ZERO);
    assertThat(config.windows().get(0).length()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.baseSlotMillis()).isEqualTo(1000);
    assertThat(
            new GrowthConfig(List.of(Duration.ofHours(6), Duration.ofHours(1)), Duration.ZERO)
                .horizons())
        .containsExactly(Duration.ofHours(1), Duration.ofHours(6));
  }

  @Test
  void parts_that_are_switched_off_add_up() {
    JudgeConfig config = JudgeConfig.defaults().without(Part.TAIL).without(Part.REACH, Part.TAIL);
    assertThat(config.off()).containsExactlyInAnyOrder(Part.TAIL, Part.REACH);
    assertThat(config.uses(Part.TAIL)).isFalse();
    assertThat(config.uses(Part.TREND)).isTrue();
  }

  @Test
  void what_cannot_work_is_refused_with_what_would() {
    record Case(String message, ThrowingCallable made) {}
    WindowShape hour = new WindowShape(Duration.ofHours(1), Duration.ofSeconds(15));
    Duration second = Duration.ofSeconds(1);
    for (Case c :
        List.of(
            new Case("at least 1 ms", () -> new WindowShape(Duration.ofHours(1), Duration.ZERO)),
            new Case("shorter than its slot", () -> new WindowShape(second, Duration.ofHours(1))),
            new Case("more than 65535", () -> new WindowShape(Duration.ofDays(7), second)),
            new Case("0 windows", () -> with(second, List.of(), Duration.ZERO)),
            new Case("interval is", () -> with(Duration.ZERO, List.of(hour), Duration.ZERO)),
            new Case("negative", () -> with(second, List.of(hour), second.negated())),
            new Case("at most 1000000", () -> with(second, List.of(hour), Duration.ofDays(999))),
            new Case("smallestBand", () -> new SeriesShape(Side.LOW, Reduce.PEAK, -1)),
            new Case("smallestBand", () -> new SeriesShape(Side.LOW, Reduce.PEAK, Double.NaN)),
            new Case("too short", () -> new GrowthConfig(List.of(Duration.ofMillis(29)), second)),
            new Case("warmUp", () -> new GrowthConfig(List.of(), second.negated())),
            new Case("minBlocks", () -> new GrowthConfig.Gates(3, 1, 0, 0, 0, 0, 0, 1, 1, 1)))) {
      assertThatThrownBy(c.made())
          .as(c.message())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(c.message());
    }
  }
}
