package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThinnedChunkTest {
  private static final long STEP = 30_000;
  private static final long EVERY = 300_000;
  private static final int SLOTS = 40;
  private static final long FIRST = 1_767_571_200_000L + STEP;

  private final Signal signal = Catalogue.load().signals().get(0);
  private final TargetKey target = TargetKey.of(Map.of("instance", "a")).orElseThrow();

  @Test
  void keeps_the_first_sample_in_five_minutes_before_the_moment_and_all_from_it_on() {
    Column column = thinned(chunk(1, 0));
    for (int i = 0; i < SLOTS; i++) {
      boolean first = i == 0 || (FIRST + i * STEP) % EVERY == 0;
      assertThat(column.at(i))
          .as("slot " + i)
          .isEqualTo(Double.valueOf(i >= 22 || first ? i : Double.NaN));
    }
  }

  @Test
  void keeps_as_many_of_a_sparse_series_whatever_slots_its_samples_fall_into() {
    for (int offset = 0; offset < 10; offset++) {
      Column sparse = thinned(chunk(10, offset));
      assertThat(sparse.filled()).as("offset " + offset).isEqualTo(SLOTS / 10);
    }
  }

  private static Column thinned(Chunk chunk) {
    Chunk thinned = chunk.thinned(FIRST + 22 * STEP, EVERY);
    return thinned.samples().values().iterator().next().values().iterator().next();
  }

  @Test
  void is_itself_where_all_of_it_is_wanted() {
    Chunk chunk = chunk(1, 0);
    assertThat(chunk.thinned(FIRST, EVERY)).as("all is recent").isSameAs(chunk);
    assertThat(chunk.thinned(Long.MAX_VALUE, STEP)).as("the slot is the grid's").isSameAs(chunk);
  }

  /** A sample every so many slots. */
  private Chunk chunk(int apart, int offset) {
    Column column = new Column(SLOTS);
    for (int i = offset; i < SLOTS; i += apart) {
      column.merge(i, i);
    }
    return new Chunk(
        FIRST,
        SLOTS,
        STEP,
        Map.of(signal, Map.of(target, column)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Chunk.Rejected.NONE);
  }
}
