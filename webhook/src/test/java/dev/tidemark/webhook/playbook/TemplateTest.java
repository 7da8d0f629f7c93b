package dev.tidemark.webhook.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.PromQlParser;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TemplateTest {
  static Values values(String value) {
    return new Values(Map.of("stepId", "s-1"), Map.of("a", value, "stepId", "forged"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void hostile_labels_stay_where_they_stand(
      String description, String value, String url, String promql, String json) {
    Values values = values(value);
    assertThat(UrlTemplate.parse("http://h/x?k=$a&n=1").fill(values))
        .isEqualTo(URI.create("http://h/x?k=" + url + "&n=1"));
    assertThat(PromqlTemplate.parse("m{a=\"$a\"}").fill(values))
        .isEqualTo("m{a=\"" + promql + "\"}");
    assertThat(JsonTemplate.parse("{\"k\": \"$a\"}").fill(values))
        .isEqualTo("{\"k\": \"" + json + "\"}");
  }

  static Stream<Arguments> hostile_labels_stay_where_they_stand() {
    return Stream.of(
        Arguments.of("plain", "pod-7", "pod-7", "pod-7", "pod-7"),
        Arguments.of("quotes", "a\"b", "a%22b", "a\\\"b", "a\\\"b"),
        Arguments.of("backslash", "a\\", "a%5C", "a\\\\", "a\\\\"),
        Arguments.of(
            "another parameter", "1&admin=1#x", "1%26admin%3D1%23x", "1&admin=1#x", "1&admin=1#x"),
        Arguments.of("a path", "../../etc", "..%2F..%2Fetc", "../../etc", "../../etc"),
        Arguments.of(
            "a line", "a\r\nHost: x", "a%0D%0AHost%3A%20x", "a\\r\\nHost: x", "a\\r\\nHost: x"),
        Arguments.of("another name", "$stepId", "%24stepId", "$stepId", "$stepId"),
        Arguments.of("unicode", "ž", "%C5%BE", "ž", "ž"));
  }

  @Test
  void a_value_that_would_climb_the_path_is_refused() {
    UrlTemplate url = UrlTemplate.parse("http://h/$a/restart");
    assertThatThrownBy(() -> url.fill(values(".."))).isInstanceOf(MissingValueException.class);
    UrlTemplate two = UrlTemplate.parse("http://h/$a$a/restart");
    assertThatThrownBy(() -> two.fill(values("."))).isInstanceOf(MissingValueException.class);
  }

  @Test
  void a_label_that_is_absent_or_empty_is_an_error_but_in_text_for_people() {
    Values none = new Values(Map.of(), Map.of("a", ""));
    assertThatThrownBy(() -> UrlTemplate.parse("http://h/?k=$a").fill(none))
        .hasMessageContaining("no label a");
    assertThatThrownBy(() -> PromqlTemplate.parse("m{a=\"$a\"}").fill(none))
        .hasMessageContaining("no label a");
    assertThat(TextTemplate.parse("[$a] costs $$5, ${b}!").fill(none)).isEqualTo("[] costs $5, !");
  }

  @Test
  void our_own_words_cannot_be_forged_by_a_label() {
    assertThat(TextTemplate.parse("$stepId").fill(values("x"))).isEqualTo("s-1");
  }

  @Test
  void in_a_regular_expression_the_value_is_literal() {
    PromqlTemplate template = PromqlTemplate.parse("m{a=~\"$a|b\", c=\"$a\", d!~\"x$\"}");
    assertThat(template.fill(values("a.*")))
        .isEqualTo("m{a=~\"a\\\\.\\\\*|b\", c=\"a.*\", d!~\"x$\"}");
  }

  @Test
  void random_values_never_change_the_shape_of_a_query() throws Exception {
    long seed = 42;
    Random random = new Random(seed);
    PromqlTemplate template = PromqlTemplate.parse("sum(m{a=\"$a\"}) > 1");
    for (int i = 0; i < 2000; i++) {
      StringBuilder value = new StringBuilder();
      for (int n = random.nextInt(12) + 1; n > 0; n--) {
        value.append(
            random.nextBoolean()
                ? "\"\\{}#`'\n$,=~".charAt(random.nextInt(11))
                : (char) (random.nextInt(0x2100) + 1));
      }
      Expr expr = PromQlParser.parse(template.fill(values(value.toString())));
      assertThat(expr.toString())
          .as("seed %d, value %s", seed, value)
          .startsWith("sum(m{a=\"")
          .endsWith("\"}) > 1");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void matchers_read_as_alertmanagers(String text, String value, boolean matches) {
    assertThat(AlertMatcher.parse(text).matches(Map.of("a", value))).isEqualTo(matches);
  }

  static Stream<Arguments> matchers_read_as_alertmanagers() {
    return Stream.of(
        Arguments.of("a=\"x\"", "x", true),
        Arguments.of("a=x", "x", true),
        Arguments.of(" a = \"x\" ", "x", true),
        Arguments.of("a=\"x\"", "xy", false),
        Arguments.of("a=\"x.\"", "xy", false),
        Arguments.of("a!=\"x\"", "y", true),
        Arguments.of("a=~\"x|y\"", "y", true),
        Arguments.of("a=~\"x\"", "xx", false),
        Arguments.of("a=~\"x|yy\"", "yx", false),
        Arguments.of("a!~\"x.*\"", "xyz", false),
        Arguments.of("a=\"say \\\"hi\\\"\\n\"", "say \"hi\"\n", true),
        Arguments.of("b=\"\"", "x", true),
        Arguments.of("b=~\".*\"", "x", true),
        Arguments.of("a=~\"(a*)*b\"", "a".repeat(5000), false));
  }

  @Test
  void conditions_read_and_hold() {
    assertThat(Condition.parse("result < 5000").holds(4999)).isTrue();
    assertThat(Condition.parse("result>=1e3").holds(1000)).isTrue();
    assertThat(Condition.parse("result != 0").holds(Double.NaN)).isFalse();
    assertThat(Condition.parse(" result <= -0.5 ").toString()).isEqualTo("result <= -0.5");
    for (String bad : new String[] {"", "result", "result < x", "result < 1 and 2", "1 < result"}) {
      assertThatThrownBy(() -> Condition.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
