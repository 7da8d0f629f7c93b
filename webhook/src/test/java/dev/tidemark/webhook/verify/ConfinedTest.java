package dev.tidemark.webhook.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.QueryResult;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.webhook.playbook.Condition;
import dev.tidemark.webhook.playbook.PromqlTemplate;
import dev.tidemark.webhook.recheck.PromQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinedTest {
  private static final Map<String, String> POD =
      Map.of("namespace", "pay", "pod", "pay-\"}or up{x=\"", "container", "app");

  @Test
  void every_selector_of_every_signal_names_the_target() throws ParseException {
    for (Signal signal : Catalogue.load().signals()) {
      String confined = Confined.signal(signal, POD);
      PromQlParser.parse(confined)
          .mapSelectors(
              selector -> {
                assertThat(selector.matchers())
                    .as(confined)
                    .anyMatch(m -> m.label().equals("pod") && m.value().equals(POD.get("pod")));
                return selector;
              });
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "max(go_goroutines) ; max(go_goroutines{namespace=~\"pay|\"})",
        "go_goroutines{namespace=\"other\"} ; go_goroutines{namespace=\"other\", namespace=~\"pay|\"}",
        "a > 2 or b ; a{namespace=~\"pay|\"} > 2 or b{namespace=~\"pay|\"}",
        "rate(a[5m]) / on (pod) b ; rate(a{namespace=~\"pay|\"}[5m]) / on (pod) b{namespace=~\"pay|\"}",
      })
  void a_query_reads_no_other_namespace_even_inside_an_aggregation(String expr, String confined) {
    List<String> asked = new ArrayList<>();
    PromQuery server =
        new PromQuery() {
          @Override
          public QueryResult query(String text, Instant at) {
            asked.add(text);
            return new QueryResult(List.of(), List.of());
          }

          @Override
          public List<String> queryRange(
              String text, Instant start, Instant end, Duration step, SeriesSink sink) {
            throw new AssertionError("not asked here");
          }
        };
    var answer =
        new Queries(server)
            .ask(expr, Condition.parse("result < 5"), Map.of("namespace", "pay"), Instant.EPOCH);
    assertThat(answer.state()).isEqualTo(Queries.State.NO_DATA);
    assertThat(asked).containsExactly(confined);
  }

  @Test
  void a_scope_with_signs_of_regular_expressions_is_meant_literally() throws ParseException {
    assertThat(Confined.query("up", Map.of("cluster", "eu.1|us")))
        .isEqualTo("up{cluster=~\"eu\\\\.1\\\\|us|\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "go_goroutines{",
        "rat(a[5m])",
        "rate(a)",
        "a[5m]",
        "'text'",
        "1 +",
        "a == on b",
      })
  void an_expression_that_is_none_is_told_when_the_playbook_is_read(String expr) {
    try {
      PromqlTemplate.parse(expr);
      throw new AssertionError("taken: " + expr);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("the expression ");
    }
  }
}
