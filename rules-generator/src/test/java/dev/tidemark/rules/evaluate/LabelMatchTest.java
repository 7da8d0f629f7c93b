package dev.tidemark.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.print.Matcher;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Matchers of labels read expressions as RE2 does. */
class LabelMatchTest {
  @Test
  void words_of_re2_are_words_here() {
    assertThat(matches("[[:alpha:]]+", "bcd")).isTrue();
    assertThat(matches("[[:alpha:]]+", "b1")).isFalse();
    assertThat(matches("(?P<first>a).*", "abc")).isTrue();
    assertThat(matches("a.c", "a\nc")).isTrue();
    assertThat(matches("b", "abc")).isFalse();
  }

  @Test
  @Timeout(30)
  void no_expression_takes_longer_than_its_text() {
    assertThat(matches("(a|aa)+b", "a".repeat(2_000))).isFalse();
  }

  private static boolean matches(String regex, String value) {
    LabelMatch match = new LabelMatch(List.of(new Matcher("l", Matcher.Op.RE, regex)));
    return match.all(Map.of("l", value));
  }
}
