package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {
  private final ChunkSize size = new ChunkSize();

  @Test
  void grows_to_what_prometheus_allows_for_few_series() {
    for (int i = 0; i < 10; i++) {
      size.learn(size.slots(), 3, 30, Duration.ZERO);
    }
    assertThat(size.slots()).isEqualTo(ChunkSize.MAX_SLOTS).isLessThan(11_000);
  }

  @Test
  void holds_no_more_samples_than_its_bound_however_wide_the_fleet() {
    for (int width : new int[] {0, 1, 999, 10_000, 100_000, 2_000_000}) {
      for (int i = 0; i < 10; i++) {
        size.learn(size.slots(), width, 10 * width, Duration.ZERO);
      }
      assertThat((long) size.slots() * width)
          .isLessThanOrEqualTo(Math.max(ChunkSize.SAMPLES, width));
      assertThat(size.slots()).isPositive();
    }
  }

  @Test
  void few_signals_may_have_more_each() {
    for (int i = 0; i < 10; i++) {
      size.learn(size.slots(), 10_000, 20_000, Duration.ZERO);
    }
    assertThat(size.slots()).isEqualTo(300);
    size.learn(size.slots(), 10_000, 100_000, Duration.ZERO);
    assertThat(size.slots()).isEqualTo(200);
  }

  @Test
  void does_not_grow_from_chunks_that_were_cut_short_by_the_present() {
    int before = size.slots();
    size.learn(1, 3, 30, Duration.ZERO);
    assertThat(size.slots()).isEqualTo(before);
  }

  @Test
  void halves_down_to_one_slot() {
    for (int i = 0; i < 40; i++) {
      size.halve();
    }
    assertThat(size.slots()).isEqualTo(1);
  }

  @Test
  void a_source_that_is_slow_is_asked_for_less_at_a_time() {
    for (int i = 0; i < 3; i++) {
      size.learn(size.slots(), 100, 1000, Duration.ofMillis(100));
    }
    int fast = size.slots();
    size.learn(fast, 100, 1000, Duration.ofSeconds(40));
    assertThat(size.slots()).isEqualTo(fast / 4);
    size.learn(size.slots(), 100, 1000, Duration.ofSeconds(10));
    assertThat(size.slots()).isEqualTo(fast / 4);
  }

  @Test
  void slowness_that_is_not_the_slots_does_not_shrink_it_for_ever() {
    for (int i = 0; i < 100; i++) {
      size.learn(size.slots(), 100, 1000, Duration.ofSeconds(25));
    }
    assertThat(size.slots()).isEqualTo(60);
    size.halve();
    size.learn(30, 100, 1000, Duration.ofSeconds(25));
    assertThat(size.slots()).as("what was too much is not tried again at once").isEqualTo(30);
  }
}
