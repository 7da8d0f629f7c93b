package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeptTest {
  private static final Slots SLOTS = new Slots(0, 10, 1);

  private final Kept kept = new Kept();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void begin() {
    assertThat(kept.begin(SLOTS)).isTrue();
  }

  private String well(String name) {
    asked.add(name);
    return name;
  }

  private String badly(String name, Reason reason) throws PrometheusException {
    asked.add(name);
    throw new PrometheusException(reason, name + " is bad", null);
  }

  private String want(String name, boolean good) throws Exception {
    return kept.want(name, () -> good ? well(name) : badly(name, Reason.STATUS), "missing");
  }

  @Test
  void what_was_answered_is_asked_once_and_what_was_not_again() throws Exception {
    assertThat(want("a", true)).isEqualTo("a");
    assertThat(want("b", false)).isEqualTo("missing");
    assertThat(want("c", true)).isEqualTo("c");
    assertThatThrownBy(kept::whole).hasMessage("b is bad");
    assertThat(kept.begin(SLOTS)).as("the first pass").isFalse();
    for (String name : List.of("a", "b", "c")) {
      assertThat(want(name, true)).isEqualTo(name);
    }
    kept.whole();
    assertThat(asked).containsExactly("a", "b", "c", "b");
    assertThat(kept.answered()).isEqualTo(3);
  }

  @Test
  void of_other_slots_or_a_chunk_that_was_whole_nothing_is_kept() throws Exception {
    want("a", true);
    assertThat(kept.begin(new Slots(0, 5, 1))).isTrue();
    want("a", true);
    kept.whole();
    assertThat(kept.begin(new Slots(0, 5, 1))).isTrue();
    want("a", true);
    assertThat(asked).containsExactly("a", "a", "a");
  }

  @Test
  void three_bad_answers_in_a_row_end_a_pass_with_the_first() throws Exception {
    want("a", false);
    want("b", false);
    want("c", true);
    want("d", false);
    want("e", false);
    assertThatThrownBy(() -> want("f", false)).hasMessage("a is bad");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STATUS", "NOT_JSON", "TRUNCATED"})
  void what_the_next_question_would_meet_too_ends_a_pass_at_once(Reason reason) {
    assertThatThrownBy(() -> kept.want("a", () -> badly("a", reason), "missing"))
        .isInstanceOf(PrometheusException.class);
  }

  @Test
  void a_partial_answer_is_bad_and_the_step_without_which_nothing_goes_ends_a_pass()
      throws Exception {
    String got =
        kept.want(
            "a",
            () -> {
              throw new PartialAnswerException("a store is missing");
            },
            "missing");
    assertThat(got).isEqualTo("missing");
    assertThatThrownBy(kept::whole).isInstanceOf(PartialAnswerException.class);
    assertThatThrownBy(() -> kept.need("b", () -> badly("b", Reason.STATUS)))
        .isInstanceOf(PrometheusException.class);
  }

  private String twoParts(boolean good) throws PrometheusException, PartialAnswerException {
    String first = kept.part("first", String::length, () -> well("first"));
    return first
        + kept.part(
            "second",
            String::length,
            () -> good ? well("second") : badly("second", Reason.TRUNCATED));
  }

  @Test
  void the_parts_of_a_step_are_kept_apart_from_those_of_others_until_it_is_done() throws Exception {
    kept.want("a", () -> twoParts(false), "missing");
    kept.want("b", () -> twoParts(false), "missing");
    assertThat(kept.want("a", () -> twoParts(true), "missing")).isEqualTo("firstsecond");
    assertThat(kept.want("b", () -> twoParts(true), "missing")).isEqualTo("firstsecond");
    assertThat(asked).containsExactly("first", "second", "first", "second", "second", "second");
  }

  private String large(boolean good) throws PrometheusException, PartialAnswerException {
    String first = kept.part("first", part -> ChunkSize.IN_ALL, () -> well("first"));
    return good ? first : badly("second", Reason.STATUS);
  }

  @Test
  void what_parts_hold_is_bounded_and_free_again_when_their_step_is_done() throws Exception {
    kept.want("a", () -> large(false), "missing");
    kept.want("b", () -> large(false), "missing");
    kept.want("a", () -> large(true), "missing");
    assertThat(asked).as("a kept its part").containsExactly("first", "second", "first", "second");
    kept.want("b", () -> large(false), "missing");
    kept.want("b", () -> large(true), "missing");
    assertThat(asked.subList(4, asked.size())).as("then b").containsExactly("first", "second");
  }
}
