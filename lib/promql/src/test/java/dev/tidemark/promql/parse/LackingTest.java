package dev.tidemark.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.Features;
import dev.tidemark.promql.type.Functions;
import dev.tidemark.promql.type.Release;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LackingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(a[5m]) | 2.42 | ''",
        "{'a.b'} | 2.53 | 1:a name in quotes needs Prometheus 3.0, found 2.53",
        "{'a.b'} | 3.0 | ''",
        "a{'b c'='d'} | 2.42 | 2:a name in quotes needs Prometheus 3.0, found 2.42",
        "sum by ('b c') (a) | 2.42 | 8:a name in quotes needs Prometheus 3.0, found 2.42",
        "a > 5m | 2.53 | 4:a duration as a number needs Prometheus 2.54, found 2.53",
        "a > 5m | 2.54 | ''",
        "a @ 5m | 2.42 | 4:a duration as a number needs Prometheus 2.54, found 2.42",
        "a[300] | 2.42 | 2:a number as a duration needs Prometheus 2.54, found 2.42",
        "a offset 0s | 2.42 | 9:an offset of 0 needs Prometheus 2.54, found 2.42",
        "1_000 | 2.42 | 0:a number with underscores needs Prometheus 2.54, found 2.42",
        "a[5m * 2] | 3.0 | 5:arithmetic in a duration needs Prometheus 3.4 with --enable-feature=promql-duration-expr or 3.14, found 3.0",
        "a[5m * 2] | 3.5 | 5:arithmetic in a duration is experimental: needs Prometheus 3.14 or --enable-feature=promql-duration-expr",
        "a[5m * 2] | 3.14 | ''",
        "mad_over_time(a[5m]) | 2.42 | 0:the function mad_over_time needs Prometheus 2.49 with --enable-feature=promql-experimental-functions, found 2.42",
        "mad_over_time(a[5m]) | 3.5 | 0:the function mad_over_time is experimental: needs --enable-feature=promql-experimental-functions",
        "first_over_time(a[5m]) | 3.14 | ''",
        "holt_winters(a[5m], 1, 1) | 2.55 | ''",
        "holt_winters(a[5m], 1, 1) | 3.0 | 0:the function holt_winters is gone since Prometheus 3.0, found 3.0",
        "limitk(1, a) | 3.5 | 0:limitk or limit_ratio is experimental: needs --enable-feature=promql-experimental-functions",
        "a + fill(0) b | 3.14 | 4:a fill modifier is experimental: needs --enable-feature=promql-binop-fill-modifiers",
        "rate(a[5m] smoothed) | 3.8 | 11:anchored or smoothed is experimental: needs Prometheus 3.16 or --enable-feature=promql-extended-range-selectors",
        "h </ 1 | 3.10 | 2:a trim operator needs Prometheus 3.11, found 3.10",
      })
  void says_what_a_release_lacks_and_where(String text, String target, String expected)
      throws ParseException {
    String found =
        PromQlParser.read(text).lacking(Release.parse(target), Set.of()).stream()
            .map(lack -> lack.use().offset() + ":" + lack.reason())
            .collect(Collectors.joining("; "));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void a_flag_that_the_target_has_makes_up_for_it() throws ParseException {
    Parsed parsed = PromQlParser.read("limitk(1, mad_over_time(a[5m]))");
    Release target = Release.parse("3.5");
    assertThat(parsed.lacking(target, Set.of())).hasSize(2);
    assertThat(parsed.lacking(target, Set.of(Features.FUNCTIONS_FLAG))).isEmpty();
    assertThat(parsed.lacking(Release.parse("2.42"), Set.of(Features.FUNCTIONS_FLAG))).hasSize(2);
  }

  @Test
  void a_tree_that_we_built_is_asked_as_well() {
    VectorSelector dotted = VectorSelector.of("", List.of());
    Parsed parsed = PromQlParser.read(Call.of("info", VectorSelector.of("a", List.of()), dotted));
    assertThat(parsed.lacking(Release.parse("2.42"), Set.of())).hasSize(1);
    assertThatThrownBy(() -> PromQlParser.read(dotted))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_table_of_functions_reads() {
    assertThat(Functions.byName()).hasSize(92);
    assertThat(Functions.find("histogram_quantiles").orElseThrow())
        .matches(f -> f.least() == 3 && f.most() == 12);
    assertThat(Functions.find("round").orElseThrow()).matches(f -> f.least() == 1 && f.most() == 2);
    assertThat(Functions.find("label_join").orElseThrow())
        .matches(f -> f.least() == 3 && f.most() == Integer.MAX_VALUE);
    assertThat(Functions.find("first_over_time").orElseThrow().experimental()).isFalse();
    assertThat(Functions.find("info").orElseThrow().experimental()).isTrue();
  }
}
