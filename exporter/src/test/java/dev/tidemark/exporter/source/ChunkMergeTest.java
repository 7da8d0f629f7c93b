package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.target.TargetKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChunkMergeTest {
  private static final Map<String, String> TARGET = Scene.target("api", "a:1");
  private static final TargetKey KEY = TargetKey.of(TARGET).orElseThrow();

  private static Chunk chunk(List<Event> starts, List<LimitTable> tables) {
    return new Chunk(
        Scene.at(1),
        10,
        Scene.STEP,
        Map.of(),
        List.of(),
        starts,
        List.of(),
        tables,
        List.of(),
        Map.of(),
        Chunk.Rejected.NONE);
  }

  private static Event started(long slot, double value) {
    return new Event(Scene.at(slot), TARGET, value);
  }

  private static Chunk starts(Event... events) {
    return chunk(List.of(events), List.of());
  }

  @Test
  void a_start_is_not_undone_by_who_has_not_scraped_it_yet() {
    Chunk first = starts(started(1, 100), started(4, 200));
    Chunk gap = starts(started(1, 100), started(5, 100), started(6, 200)); // back at slot 5
    assertThat(ChunkMerge.of(List.of(first, gap)).processStarts())
        .containsExactly(started(1, 100), started(4, 200), started(6, 200));
  }

  @Test
  void of_two_starts_in_one_slot_the_newest_counts_whoever_tells_it() {
    Chunk old = starts(started(1, 100));
    Chunk fresh = starts(started(1, 200));
    for (List<Chunk> both : List.of(List.of(old, fresh), List.of(fresh, old))) {
      assertThat(ChunkMerge.of(both).processStarts()).containsExactly(started(1, 200));
    }
  }

  @Test
  void of_limits_the_smaller_counts_and_of_facts_what_the_fact_says() {
    for (Fact.Merge merge : Fact.Merge.values()) {
      List<Chunk> both =
          List.of(chunk(List.of(), table(2, merge)), chunk(List.of(), table(3, merge)));
      assertThat(ChunkMerge.of(both).limits())
          .singleElement()
          .satisfies(table -> assertThat(table.limits()).containsEntry(KEY, merge.of(2, 3)));
    }
    assertThat(new LimitTable(0, "limit", Map.of()).merge()).isEqualTo(Fact.Merge.MIN);
  }

  private static List<LimitTable> table(double value, Fact.Merge merge) {
    return List.of(new LimitTable(Scene.at(1), "fact x", Map.of(KEY, value), merge));
  }
}
