package dev.tidemark.promql.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFlowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{x='1'} | x | sure",
        "a{x=''} | x | never",
        "a{x!=''} | x | sure",
        "a{x!='1'} | x | maybe",
        "a{x=~'b.*'} | x | sure",
        "a{x=~'b*'} | x | maybe",
        "a{x=~'.*', x='1'} | x | sure",
        "a{x!~'.+'} | x | never",
        "a{x!~''} | x | sure",
        "a{x!~'b.+'} | x | maybe",
        "a | y | maybe",
        "a | __name__ | sure",
        "a[5m] | __name__ | sure",
        "rate(a{x='1'}[5m]) | x | sure",
        "rate(a[5m]) | __name__ | never",
        "last_over_time(a[5m]) | __name__ | sure",
        "max_over_time(a{x='1'}[1h:]) | x | sure",
        "-a | __name__ | never",
        "+a | __name__ | sure",
        "sum(a{x='1'}) | x | never",
        "sum by (x) (a{x='1'}) | x | sure",
        "sum by (x) (a) | x | maybe",
        "sum by (x) (a) | y | never",
        "sum by (x) (sum by (y) (a)) | x | never",
        "sum without (x) (a{x='1', y='2'}) | x | never",
        "sum without (x) (a{x='1', y='2'}) | y | sure",
        "sum without (x) (a) | __name__ | never",
        "topk by (x) (1, a{y='1'}) | y | sure",
        "count_values by (x) ('v', a) | v | sure",
        "vector(1) | x | never",
        "time() | x | never",
        "hour() | x | never",
        "absent(a{x='1', y=~'2'}) | x | sure",
        "absent(a{x='1', y=~'2'}) | y | never",
        "absent(sum(a{x='1'})) | x | never",
        "histogram_quantile(0.9, a{le!=''}) | le | never",
        "label_replace(a, 'x', 'b$1', 'y', '(.*)') | x | sure",
        "label_replace(a, 'x', 'b', 'y', 'c') | x | maybe",
        "label_replace(a{x='1'}, 'x', 'b', 'y', 'c') | x | sure",
        "label_replace(a{y='1'}, 'x', '$1', 'y', '(.*)') | x | sure",
        "label_replace(a{x='1'}, 'x', '', '', '.*') | x | never",
        "label_join(a, 'x', '-', 'y', 'z') | x | sure",
        "label_join(a, 'x', '', 'y', 'z') | x | maybe",
        "label_join(a{y=''}, 'x', '', 'y') | x | never",
        "info(sum by (x) (a{x='1'})) | x | sure",
        "info(sum by (x) (a{x='1'})) | version | maybe",
        "a{x='1'} > 5 | x | sure",
        "a > 5 | __name__ | sure",
        "a > bool 5 | __name__ | never",
        "a * 5 | __name__ | never",
        "5 - a{x='1'} | x | sure",
        "a{x='1'} and b | x | sure",
        "a and b{x='1'} | x | sure",
        "a and on (y) b{x='1'} | x | maybe",
        "a unless b{x='1'} | x | maybe",
        "a{x='1'} or b | x | maybe",
        "a{x='1'} or b{x='2'} | x | sure",
        "a{x=''} or sum(b) | x | never",
        "a / on (x) b{x='1'} | x | sure",
        "a{y='1'} / on (x) b | y | never",
        "a{y='1'} / ignoring (y) b | y | never",
        "a{y='1'} / b | y | sure",
        "a{y='1'} * on (x) group_left (z) b{z='1'} | y | sure",
        "a{y='1'} * on (x) group_left (z) b{z='1'} | z | sure",
        "a{z='1'} * on (x) group_left (z) b{z=''} | z | never",
        "a * on (x) group_right () b{y='1'} | y | sure",
        "a{x='1'} + fill (0) b | x | maybe",
      })
  void knows_what_labels_a_result_has(String text, String label, String presence)
      throws ParseException {
    assertThat(LabelFlow.of(PromQlParser.parse(text)).presence(label))
        .isEqualTo(LabelSets.Presence.valueOf(presence.toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum by (x) (a) / b{y='1'} | y",
        "sum by (x) (a{x!=''}) / on (x) sum by (y) (b) | x",
        "a{x='1'} and sum(b) | x",
        "a{x='1'} > vector(5) | x",
        "a{x='1'} > scalar(b) | ''",
        "a{x='1'} > 5 | ''",
        "a{x='1'} or sum(b) | ''",
        "a{x='1'} unless sum(b) | ''",
        "a{x='1'} / ignoring (x) sum(b) | ''",
        "a{x='1'} / on () sum(b) | ''",
        "a / sum(b) | ''",
        "a{x='1'} * on (y) group_left () sum by (y) (b) | ''",
        "a{x='1'} + fill (0) sum(b) | ''",
      })
  void knows_which_sides_never_meet(String text, String labels) throws ParseException {
    List<String> expected = labels.isEmpty() ? List.of() : List.of(labels);
    assertThat(LabelFlow.apart((Binary) PromQlParser.parse(text))).isEqualTo(expected);
  }

  @Test
  void finds_them_wherever_they_are() throws ParseException {
    String text = "topk(1, -abs(max_over_time((a{x='1'} * sum(b))[5m:]))) or (c{y='1'} and sum(d))";
    assertThat(LabelFlow.neverTrue(PromQlParser.parse(text))).hasSize(2);
    assertThat(LabelFlow.neverTrue(PromQlParser.parse("a + b > 5"))).isEmpty();
  }
}
