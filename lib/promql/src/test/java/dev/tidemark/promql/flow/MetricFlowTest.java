package dev.tidemark.promql.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.parse.PromQlParser;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFlowTest {
  private static final Set<String> THERE = Set.of("a", "b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | true",
        "gone | false",
        "a{x='1'} | true",
        "{__name__='a'} | true",
        "{__name__='gone'} | false",
        "{__name__=~'gone.*'} | true",
        "{x='1'} | true",
        "-gone | false",
        "1 | true",
        "time() | true",
        "vector(1) | true",
        "hour() | true",
        "hour(gone) | false",
        "rate(gone[5m]) | false",
        "rate(a[5m]) | true",
        "max_over_time(rate(gone[5m])[1h:]) | false",
        "sum by (x) (gone) | false",
        "topk(scalar(gone), a) | true",
        "count(gone) | false",
        "a or gone | true",
        "gone or a | true",
        "gone or lost | false",
        "a and gone | false",
        "gone and on (x) a | false",
        "a and b | true",
        "a unless gone | true",
        "gone unless a | false",
        "gone * 0 + 1 | false",
        "a / on (x) group_left () gone | false",
        "a > 2 | true",
        "2 < gone | false",
        "a + fill_right (0) gone | true",
        "a + fill_left (0) gone | false",
        "gone + fill_left (0) a | true",
        "gone + fill (0) lost | true",
        "absent(gone) | true",
        "absent_over_time(gone[5m]) | true",
        "info(a, {__name__='gone'}) | true",
        "info(gone) | false",
        "scalar(gone) | true",
        "vector(scalar(gone)) | true",
        "histogram_quantile(0.9, sum by (le) (rate(gone[5m]))) | false",
        "label_replace(a, 'x', '$1', 'y', '(.*)') | true",
        "label_replace(gone, 'x', '$1', 'y', '(.*)') | false",
      })
  void an_expression_answers_where_what_it_cannot_do_without_is_there(String expr, boolean answers)
      throws Exception {
    assertThat(MetricFlow.canAnswer(PromQlParser.parse(expr), THERE::contains)).isEqualTo(answers);
  }
}
