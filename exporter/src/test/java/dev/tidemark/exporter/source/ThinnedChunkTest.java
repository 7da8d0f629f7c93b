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
  void keeps_one_sample_of_ten_before_the_moment_and_all_from_it_on() {
    long before = FIRST + 22 * STEP;
    Column column =
        chunk()
            .thinned(before, EVERY)
            .samples()
            .values()
            .iterator()
            .next()
            .values()
            .iterator()
            .next();
    for (int i = 0; i < SLOTS; i++) {
      boolean kept = i >= 22 || (FIRST + i * STEP) % EVERY == 0;
      assertThat(column.at(i)).as("slot " + i).isEqualTo(Double.valueOf(kept ? i : Double.NaN));
    }
    assertThat(column.filled()).isEqualTo(2 + SLOTS - 22);
  }

  @Test
  void is_itself_where_all_of_it_is_wanted() {
    Chunk chunk = chunk();
    assertThat(chunk.thinned(FIRST, EVERY)).as("all is recent").isSameAs(chunk);
    assertThat(chunk.thinned(Long.MAX_VALUE, STEP)).as("the slot is the grid's").isSameAs(chunk);
  }

  private Chunk chunk() {
    Column column = new Column(Map.of("instance", "a"), SLOTS);
    for (int i = 0; i < SLOTS; i++) {
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
