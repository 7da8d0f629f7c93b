package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizeTest {
  private final ChunkSize size = new ChunkSize();

  @Test
  void grows_to_what_prometheus_allows_for_few_series() {
    for (int i = 0; i < 10; i++) {
      size.learn(size.slots(), 3);
    }
    assertThat(size.slots()).isEqualTo(ChunkSize.MAX_SLOTS).isLessThan(11_000);
  }

  @Test
  void holds_no_more_samples_than_its_bound_however_wide_the_fleet() {
    for (int width : new int[] {0, 1, 999, 10_000, 100_000, 2_000_000}) {
      for (int i = 0; i < 10; i++) {
        size.learn(size.slots(), width);
      }
      assertThat((long) size.slots() * width)
          .isLessThanOrEqualTo(Math.max(ChunkSize.SAMPLES, width));
      assertThat(size.slots()).isPositive();
    }
  }

  @Test
  void does_not_grow_from_chunks_that_were_cut_short_by_the_present() {
    int before = size.slots();
    size.learn(1, 3);
    assertThat(size.slots()).isEqualTo(before);
  }

  @Test
  void halves_down_to_one_slot() {
    for (int i = 0; i < 40; i++) {
      size.halve();
    }
    assertThat(size.slots()).isEqualTo(1);
  }
}
