package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSetsTest {
  private final LabelSets sets = new LabelSets();

  @Test
  void equal_sets_are_one_and_the_callers_own_is_not_kept() {
    Map<String, String> told = new HashMap<>(Map.of("pod", "a"));
    Map<String, String> first = sets.same(told);
    assertThat(sets.same(new HashMap<>(Map.of("pod", "a")))).isSameAs(first);
    told.put("pod", "b");
    assertThat(first).isEqualTo(Map.of("pod", "a"));
    assertThatThrownBy(first::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void what_is_told_no_more_is_forgotten_after_a_turn_without_it() {
    Map<String, String> a = sets.same(Map.of("pod", "a"));
    Map<String, String> unused = sets.same(Map.of("pod", "b"));
    sets.turn();
    assertThat(sets.same(Map.of("pod", "a"))).isSameAs(a);
    sets.turn();
    assertThat(sets.size()).isEqualTo(1);
    sets.turn();
    assertThat(sets.size()).isZero();
  }
}
