package dev.tidemark.signals.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.target.TargetKey;
import org.junit.jupiter.api.Test;

class FactsTest {
  private final Facts facts = Facts.load();

  @Test
  void every_fact_keeps_the_labels_of_its_target_or_of_its_pod() {
    assertThat(facts.all())
        .isNotEmpty()
        .allSatisfy(
            fact ->
                assertThat(fact.expr())
                    .containsAnyOf(
                        "by (" + TargetKey.GROUPING + ")", "by (cluster, namespace, pod)"));
  }

  @Test
  void no_fact_has_the_id_of_a_signal() {
    Catalogue catalogue = Catalogue.load();
    assertThat(facts.all())
        .allSatisfy(fact -> assertThat(catalogue.find(fact.id())).as(fact.id()).isEmpty());
  }

  @Test
  void of_two_rows_the_smaller_limit_and_the_larger_count_holds() {
    assertThat(facts.find("memory_limit").orElseThrow().merge().of(3, 4)).isEqualTo(3);
    assertThat(facts.find("container_restarts").orElseThrow().merge().of(3, 4)).isEqualTo(4);
    assertThat(facts.find("nothing")).isEmpty();
  }

  @Test
  void a_fact_without_words_is_refused() {
    assertThatThrownBy(() -> new Fact("Bad-Id", "x", Fact.Merge.MAX, "text"))
        .hasMessageContaining("snake_case");
    assertThatThrownBy(() -> new Fact("good", " ", Fact.Merge.MAX, "text"))
        .hasMessageContaining("blank");
  }
}
