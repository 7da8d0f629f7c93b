package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.source.Grid;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatchUpTest {
  /** Passes end at a slot while another is due; slots are counted from the start. */
  private static final class Passes {
    private final Grid grid;
    private final CatchUp catchUp;

    Passes(Duration interval) {
      this.grid = new Grid(interval, Duration.ZERO, Duration.ofDays(7));
      this.catchUp = new CatchUp(grid);
    }

    boolean ended(double progress, long slot, long due) {
      long start = 1_000_000 * grid.step();
      return catchUp.endedWith(
          new SourceStatus("a", progress, start + slot * grid.step(), Instant.EPOCH, ""),
          Instant.ofEpochMilli(start + due * grid.step()));
    }
  }

  @ParameterizedTest(name = "an interval of {0} s")
  @ValueSource(ints = {1, 30, 300})
  void a_long_way_ends_at_the_present_and_each_only_once(int seconds) {
    Passes passes = new Passes(Duration.ofSeconds(seconds));
    assertThat(passes.ended(0.5, 500, 1000)).as("learning").isFalse();
    assertThat(passes.ended(1, 1000, 1000)).as("the history is learnt").isTrue();
    assertThat(passes.ended(1, 1001, 1001)).isFalse();
    assertThat(passes.ended(1, 1001, 1150)).as("an outage").isFalse();
    assertThat(passes.ended(1, 1060, 1150)).as("on the way back").isFalse();
    assertThat(passes.ended(1, 1150, 1151)).as("a slot became due meanwhile").isTrue();
    assertThat(passes.ended(1, 1151, 1151)).isFalse();
    assertThat(passes.ended(1, 1200, 1200)).as("a short outage").isFalse();
    assertThat(passes.ended(1, 1319, 1319)).as("a slot less than it takes").isFalse();
    assertThat(passes.ended(1, 1439, 1439)).as("as long as it takes").isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-200, 0})
  void a_clock_that_is_set_back_ends_nothing(long due) {
    Passes passes = new Passes(Duration.ofSeconds(30));
    assertThat(passes.ended(1, 0, 0)).isTrue();
    assertThat(passes.ended(1, 0, due)).isFalse();
  }
}
