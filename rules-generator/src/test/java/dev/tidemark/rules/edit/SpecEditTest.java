package dev.tidemark.rules.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.edit.SpecEdit.Change;
import dev.tidemark.toolkit.yaml.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values go where they belong, and nothing else moves. */
class SpecEditTest {
  private static Change change(int line, int column) {
    return new Change(
        new Place("f", line, column),
        Map.of("for", "20m"),
        Map.of("with", new LinkedHashMap<>(Map.of("above", "0.95"))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "braces              | - {use: x} # c          | - {use: x, for: 20m, with: {above: 0.95}} # c",
        "a trailing comma    | - {use: x, }            | - {use: x, for: 20m, with: {above: 0.95}, }",
        "both are there      | - {for: 1m, with: {above: 0.9}, use: x} | - {for: 20m, with: {above: 0.95}, use: x}",
        "others are there    | - {with: {times: 3}, use: x} | - {with: {times: 3, above: 0.95}, use: x, for: 20m}",
        "nothing in braces   | - {with: {}, use: x}    | - {with: {above: 0.95}, use: x, for: 20m}",
        "quotes              | - {'for': \"1m\", use: x} | - {'for': 20m, use: x, with: {above: 0.95}}",
        "wide letters before | - {use: x, a: '𝄞𝄞', for: 1m} | - {use: x, a: '𝄞𝄞', for: 20m, with: {above: 0.95}}",
        "braces, two lines   | - {use: x, # c\\n   name: y # d\\n  } | - {use: x, # c\\n   name: y, for: 20m, with: {above: 0.95} # d\\n  }",
        "a block             | - use: x # c\\n  name: y\\n | - use: x # c\\n  for: 20m\\n  with: {above: 0.95}\\n  name: y\\n",
        "a block with both   | - use: x\\n  for: 1m # d\\n  with:\\n    above: 0.9 # e\\n | - use: x\\n  for: 20m # d\\n  with:\\n    above: 0.95 # e\\n",
        "a block with others | - use: x\\n  with:\\n    times: 3 # e\\n  name: y | - use: x\\n  for: 20m\\n  with:\\n    times: 3 # e\\n    above: 0.95\\n  name: y",
        "the end of the text | - use: x                | - use: x\\n  for: 20m\\n  with: {above: 0.95}",
        "carriage returns    | - use: x\\r\\n  name: y\\r\\n | - use: x\\r\\n  for: 20m\\r\\n  with: {above: 0.95}\\r\\n  name: y\\r\\n",
        "long text first     | - expr: >-\\n    a\\n    b\\n  name: y | - expr: >-\\n    a\\n    b\\n  name: y\\n  for: 20m\\n  with: {above: 0.95}",
      })
  void values_go_where_they_belong(String what, String before, String after) {
    String text = before.strip().replace("\\n", "\n").replace("\\r", "\r");
    String wanted = after.strip().replace("\\n", "\n").replace("\\r", "\r");
    assertThat(SpecEdit.of(text, List.of(change(1, 3)))).as(what).contains(wanted);
  }

  @Test
  void several_alerts_change_at_once() {
    String text = "alerts:\n  - {use: a}\n  - use: b\n  - {use: c}\n";
    assertThat(SpecEdit.of(text, List.of(change(4, 5), change(2, 5), change(3, 5))))
        .contains(
            """
            alerts:
              - {use: a, for: 20m, with: {above: 0.95}}
              - use: b
                for: 20m
                with: {above: 0.95}
              - {use: c, for: 20m, with: {above: 0.95}}
            """);
  }

  @Test
  void what_has_no_place_is_not_guessed() {
    assertThat(SpecEdit.of("- {use: x}", List.of(change(2, 3)))).isEqualTo(Optional.empty());
    assertThat(SpecEdit.of("- {use: x", List.of(change(1, 3)))).isEmpty();
    assertThat(SpecEdit.of("- {use: x, with: [a]}", List.of(change(1, 3)))).isEmpty();
    assertThat(SpecEdit.of("- {use: x, for: [a]}", List.of(change(1, 3)))).isEmpty();
    assertThat(SpecEdit.of("- expr: |-\n    a\n    b\n", List.of(change(1, 3)))).isEmpty();
    assertThat(SpecEdit.of("", List.of(change(1, 3)))).isEmpty();
    assertThat(SpecEdit.of("- {use: x}", List.of())).contains("- {use: x}");
  }
}
