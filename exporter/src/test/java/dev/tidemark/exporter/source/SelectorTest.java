package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '¤',
      value = {
        "{namespace=\"pay\"} → go_info{namespace=\"pay\"}",
        "{} → go_info{}",
        "go_info → go_info",
        "up{job=~\"a|b\", instance!=\"x\"} → up{job=~\"a|b\", instance!=\"x\"}",
        "{__name__=\"go_goroutines\",job='a'} → {__name__=\"go_goroutines\",job='a'}",
        "{a=\"}\\\" or vector(1) #\"} → go_info{a=\"}\\\" or vector(1) #\"}",
        "{a=\"b\",} → go_info{a=\"b\",}",
      })
  void takes_plain_selectors_and_names_go_info_where_there_is_no_metric(
      String text, String expected) {
    assertThat(Selector.parse(text.strip()).text()).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{a=b}",
        "{a=\"b\"} or up",
        "up[5m]",
        "up offset 5m",
        "sum(up)",
        "{a=\"b\"}{c=\"d\"}",
        "{a==\"b\"}",
        "{a=\"b}",
        "up{a=\"\n\"}",
        "1up"
      })
  void refuses_what_is_no_plain_selector(String text) {
    assertThatThrownBy(() -> Selector.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a series selector");
  }

  @Test
  void answers_at_once_on_a_hostile_text() {
    String hostile = "{" + "a=\"b\",".repeat(20_000) + "!";
    assertThatThrownBy(() -> Selector.parse(hostile)).isInstanceOf(IllegalArgumentException.class);
  }
}
