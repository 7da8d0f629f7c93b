package dev.tidemark.e2e.corpus.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.corpus.table.Episode;
import dev.tidemark.rules.rule.Recording;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementTest {
  @Test
  void episodes_of_one_pod_and_alert_that_overlap_are_the_same() {
    Agreement agreement =
        Agreement.of(
            List.of(told("a", 0, 9000), told("b", 0, 100)),
            List.of(told("a", 600, 9300), told("c", 0, 100)));
    assertThat(agreement.same()).hasSize(1);
    assertThat(agreement.same().get(0).later()).isEqualTo(600);
    assertThat(agreement.same().get(0).endsApart()).isEqualTo(300);
    assertThat(agreement.onlyFirst()).containsExactly(told("b", 0, 100));
    assertThat(agreement.onlySecond()).containsExactly(told("c", 0, 100));
  }

  @Test
  void one_that_begins_after_the_other_has_ended_is_another() {
    Agreement agreement = Agreement.of(List.of(told("a", 0, 100)), List.of(told("a", 101, 200)));
    assertThat(agreement.same()).isEmpty();
    assertThat(agreement.onlyFirst()).hasSize(1);
    assertThat(agreement.onlySecond()).hasSize(1);
  }

  @Test
  void an_engine_that_flaps_tells_one_episode() {
    Agreement agreement =
        Agreement.of(
            List.of(told("a", 0, 20_000)), List.of(told("a", 60, 120), told("a", 300, 19_000)));
    assertThat(agreement.same()).hasSize(1);
    assertThat(agreement.same().get(0).endsApart()).isEqualTo(1000);
    assertThat(agreement.onlySecond()).isEmpty();
  }

  @Test
  void no_recording_rule_reads_one_of_its_own_stage_or_a_later_one() throws Exception {
    Set<String> recorded = new HashSet<>();
    List<Recording> all = BothEngines.made().recordings();
    List<List<Recording>> stages = Stages.of(all);
    for (List<Recording> stage : stages) {
      for (Recording recording : stage) {
        for (Recording other : all) {
          String read = other.record() + "{";
          if (recording.expr().toString().contains(read)) {
            assertThat(recorded).as(recording.record()).contains(other.record());
          }
        }
      }
      stage.forEach(recording -> recorded.add(recording.record()));
    }
    assertThat(stages.stream().mapToInt(List::size).sum()).isEqualTo(all.size());
  }

  private static Episode told(String pod, double from, double until) {
    return new Episode(pod, "GoGoroutineLeak", from, until);
  }
}
