package dev.tidemark.rules.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentPlaceTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "plain;          expr: sum(x;                 sum(x; 5; 1:12",
        "quoted;         expr: 'a{b=''c''} +';        a{b='c'} +; 8; 1:18",
        "double;         expr: \"a{b=\\\"c\\\"} +\";  a{b=\"c\"} +; 9; 1:19",
        "a block;        expr: |\\n  a +\\n   b(;      a +\\n b(;  5; 3:4",
        "folded;         expr: >-\\n  a +\\n  b(c;     a + b(c; 6; 3:5",
        "the end;        expr: a +;                   a +; 3; 1:10",
        "not that text;  expr: *alias;                sum(x; 4; 1:7",
      })
  void finds_the_character(String why, String file, String value, int offset, String place) {
    SpecText text = new SpecText("s.yaml", file.replace("\\n", "\n"));
    Placed<String> placed = new Placed<>(value.replace("\\n", "\n"), new Place("s.yaml", 1, 7));
    assertThat(FragmentPlace.of(placed, offset, List.of(text))).hasToString("s.yaml:" + place);
  }
}
