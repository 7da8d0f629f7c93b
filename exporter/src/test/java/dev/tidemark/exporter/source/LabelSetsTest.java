package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelSetsTest {
  private final LabelSets sets = new LabelSets(1);

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
    Map<String, String> c = sets.same(Map.of("pod", "c"));
    sets.turn();
    assertThat(sets.same(Map.of("pod", "c"))).isSameAs(c);
    assertThat(sets.size()).isEqualTo(1);
  }

  @Test
  void turns_in_which_nothing_is_told_change_nothing() {
    Map<String, String> a = sets.same(Map.of("pod", "a"));
    for (int i = 0; i < 5; i++) {
      sets.turn(); // a source that does not answer
    }
    assertThat(sets.same(Map.of("pod", "a"))).isSameAs(a);
  }

  @Test
  void replicas_share_sets_though_each_has_turns_of_its_own() {
    LabelSets shared = new LabelSets(2);
    Map<String, String> a = shared.same(Map.of("pod", "a"));
    shared.turn();
    Map<String, String> b = shared.same(Map.of("pod", "only at the second"));
    shared.turn();
    assertThat(shared.same(Map.of("pod", "a"))).isSameAs(a);
    shared.turn();
    assertThat(shared.same(Map.of("pod", "only at the second"))).isSameAs(b);
    shared.turn();
    assertThat(shared.same(Map.of("pod", "only at the second"))).isSameAs(b);
    shared.turn();
    assertThat(shared.size()).isEqualTo(1);
  }
}
