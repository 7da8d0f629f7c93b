package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.test.Situation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tests are taken to show. */
class SituationTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          {use: memory-near-limit}          | firing silent-below no-data duplicates missing-join
          {use: goroutine-leak, engine: promql} | firing silent-below no-data restart gap duplicates
          {use: goroutine-leak}             | firing silent-below no-data restart gap duplicates
          {name: A, expr: x > 0}            | no-data
          {name: A, expr: vector(1)}        | ''
          {name: A, expr: x > 0, tests: [{series: [{series: x, values: 1x9}], looks: [{at: 5m, firing: [{}]}]}]} | firing no-data
          {name: A, expr: x > 0, tests: [{series: [{series: x, values: 0 _x3 0}], looks: [{at: 5m, firing: []}]}]} | silent-below no-data gap
          """)
  void are_found_in_scenarios_stories_and_own_tests(String alert, String words) throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: r}]
        receivers: [{name: r}]
        services:
          - name: payments
            team: pay
            selector: {namespace: pay}
            alerts:
              - ALERT
        """
            .replace("ALERT", alert);
    List<ServiceRules> made =
        Generator.generate(List.of(new SpecText("s.yaml", spec)), (all, target) -> List.of())
            .services();
    Set<Situation> found = Situation.of(made.get(0).rules().get(0));
    assertThat(String.join(" ", found.stream().map(Situation::word).toList())).isEqualTo(words);
  }
}
