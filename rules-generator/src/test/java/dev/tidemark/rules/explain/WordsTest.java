package dev.tidemark.rules.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.explain.Need.Missing;
import dev.tidemark.rules.metric.KnownMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions in words, and what happens where a metric is missing. */
class WordsTest {
  static Stream<Arguments> expressions() {
    return Stream.of(
        arguments("up == 0", "up|is equal to 0"),
        arguments("x{a=\"b\"} offset 1h > 5", "x{a=\"b\"} as it was 1h ago|is above 5"),
        arguments("rate(a_total[5m])", "how much a second a_total rose, over 5m"),
        arguments(
            "max by (pod) (last_over_time(x[5m])) >= 2",
            "the largest for each pod:|  the last value of x that is at most 5m old|is at least 2"),
        arguments("a / on (pod) b > 0.9", "a|divided by b, of the same pod|is above 0.9"),
        arguments(
            "a * on (x) group_left (y) b", "a|times b, of the same x, one for many who take its y"),
        arguments(
            "histogram_quantile(0.99, a)", "the quantile 0.99, estimated from the buckets of:|  a"),
        arguments("quantile_over_time(0.9, a[5m])", "the quantile 0.9 of a over 5m"),
        arguments(
            "predict_linear(a[1h], 3600) < 0",
            "where a will be in 3600 seconds if it goes on as in the last 1h|is below 0"),
        arguments("round(a, 5)", "round with 5 of:|  a"),
        arguments(
            "label_replace(a, \"b\", \"$1\", \"c\", \"(.*)\")",
            "label_replace with \"b\", \"$1\", \"c\", \"(.*)\" of:|  a"),
        arguments(
            "a / on (pod) max by (pod) (b)",
            "a|divided by, of the same pod|  the largest for each pod:|    b"),
        arguments("a and on (x) b", "a|and only where there also is, of the same x|  b"),
        arguments("a or b", "a|or, where that gives nothing, of the same labels:|  b"),
        arguments("a unless on () b", "a|but not where there is, whatever the labels|  b"),
        arguments("absent(up{job=\"a\"})", "1 when this is nowhere to be found:|  up{job=\"a\"}"),
        arguments(
            "max_over_time(rate(a_total[5m])[1h:1m])",
            "the highest value of this in 1h, looked at every 1m:|"
                + "  how much a second a_total rose, over 5m"),
        arguments("sum(a > bool 1)", "the sum of all:|  a|  is above 1 (1 if so, else 0)"),
        arguments("-a", "with the other sign:|  a"),
        arguments("time() - a", "the present time|minus a"),
        arguments("topk(3, a)", "the 3 largest of all:|  a"),
        arguments("sum without (x) (a)", "the sum of all that differ in x only:|  a"),
        arguments("clamp_max(a, 3)", "clamp_max with 3 of:|  a"),
        arguments("vector(1)", "as a series without labels:|  1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void says_an_expression_in_words(String expr, String words) throws Exception {
    assertThat(String.join("|", Words.of(PromQlParser.parse(expr)))).isEqualTo(words);
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        arguments("a > 1", "a", Missing.SILENT),
        arguments("a / b > 1", "b", Missing.SILENT),
        arguments("a and b", "b", Missing.SILENT),
        arguments("a unless b", "b", Missing.GOES_ON),
        arguments("a unless b", "a", Missing.SILENT),
        arguments("a or b", "a", Missing.GOES_ON),
        arguments("(a / b or a) > 1", "b", Missing.GOES_ON),
        arguments("(a / b or a) > 1", "a", Missing.SILENT),
        arguments("absent(a)", "a", Missing.FIRES),
        arguments("absent(a) or b > 1", "a", Missing.FIRES),
        arguments("absent(a) or b > 1", "b", Missing.GOES_ON),
        arguments("absent(a) and b", "b", Missing.SILENT),
        arguments("b unless absent(a)", "a", Missing.GOES_ON),
        arguments("sum(rate(a[5m]))", "a", Missing.SILENT));
  }

  @ParameterizedTest(name = "{0} without {1}: {2}")
  @MethodSource("missing")
  void says_what_happens_without_a_metric(String expr, String metric, Missing expected)
      throws Exception {
    List<Need> needs = Need.of(PromQlParser.parse(expr), KnownMetrics.load());
    assertThat(needs)
        .filteredOn(need -> need.metric().equals(metric))
        .extracting(Need::missing)
        .containsExactly(expected);
  }
}
