package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingsTest {
  private static final List<FoundRule> RULES =
      RuleFileReader.read(
              new SpecText(
                  "r.yml",
                  """
                  groups:
                  - name: g
                    rules:
                    - {record: 'a:b:max', expr: 'max by (job, pod) (b)'}
                    - {record: 'a:b:own', expr: 'sum(b)', labels: {s: 'x$1'}}
                    - {record: 'a:b:own', expr: 'sum(c)', labels: {s: 'y'}}
                    - {record: 'a:b:twice', expr: '2 * a:b:max'}
                    - {record: 'a:b:self', expr: 'a:b:self + 1'}
                    - {record: 'a:b:joined', expr: 'x * on (pod) group_left (node) y'}
                  """))
          .rules()
          .toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          up == 0                          | up == 0
          a:b:max > 1                      | max by (job, pod) (b) > 1
          a:b:max{job="j"} > 1             | max by (job, pod) (b{job="j"}) > 1
          max_over_time(a:b:max[1h])       | max_over_time(max by (job, pod) (b)[1h:1m])
          avg_over_time(a:b:max[1h] offset 1d) | avg_over_time(max by (job, pod) (b)[1h:1m] offset 1d)
          a:b:max offset 1h                | last_over_time(max by (job, pod) (b)[2m:1m] offset 1h)
          a:b:twice{pod!="p"}              | 2 * max by (job, pod) (b{pod!="p"})
          a:b:own{s="y"}                   | label_replace(sum(c), "s", "y", "s", "(?s).*")
          a:b:own{s=~"x.*"}                | label_replace(sum(b), "s", "x$$1", "s", "(?s).*")
          a:b:own{s="none"}                | a:b:own{s="none"}
          a:b:joined{pod="p"}              | x{pod="p"} * on (pod) group_left (node) y
          """)
  void puts_the_expression_in_the_place_of_what_it_records(String expr, String expected)
      throws Exception {
    Recordings recordings = new Recordings(RULES, Duration.ofMinutes(1), selector -> false);
    assertThat(recordings.inline(PromQlParser.parse(expr)).expr())
        .isEqualTo(PromQlParser.parse(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:b:max{node="n"}       | a:b:max is not recorded there, and node="n" cannot be asked
          a:b:joined{node="n"}    | node="n" cannot be asked
          a:b:self                | a:b:self reads itself
          """)
  void says_where_the_same_cannot_be_said_without_it(String expr, String why) {
    Recordings recordings = new Recordings(RULES, Duration.ofMinutes(1), selector -> false);
    assertThatThrownBy(() -> recordings.inline(PromQlParser.parse(expr)))
        .isInstanceOf(Recordings.NotInlined.class)
        .hasMessageContaining(why);
  }

  @Test
  void what_the_server_has_is_read_there() throws Exception {
    Recordings recordings =
        new Recordings(RULES, Duration.ofMinutes(1), selector -> selector.name().equals("a:b:max"));
    Recordings.Inlined inlined = recordings.inline(PromQlParser.parse("a:b:twice + a:b:max"));
    assertThat(inlined.expr()).hasToString("2 * a:b:max + a:b:max");
    assertThat(inlined.used()).containsExactly("a:b:twice");
  }
}
