package dev.tidemark.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.rules.model.Routing.Inhibition;
import dev.tidemark.toolkit.yaml.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds back what, as Alertmanager does it. */
class InhibitionsTest {
  private static final Inhibitions RULES =
      new Inhibitions(
          List.of(
              rule("severity=critical", "severity=warning", "alertname", "pod"),
              rule("alertname=NodeDown", "team=pay", "node")));

  @ParameterizedTest(name = "{0} while {1} fires: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "alertname=A,pod=1,severity=warning | alertname=A,pod=1,severity=critical | held",
        "alertname=A,pod=1,severity=warning | alertname=A,pod=2,severity=critical | sent",
        "alertname=A,pod=1,severity=warning | alertname=B,pod=1,severity=critical | sent",
        "alertname=A,pod=1,severity=warning | alertname=A,pod=1,severity=warning  | sent",
        "alertname=A,severity=warning       | alertname=A,severity=critical       | held",
        "alertname=A,severity=warning       | alertname=A,pod=1,severity=critical | sent",
        "alertname=A,team=pay,node=n        | alertname=NodeDown,node=n           | held",
        "alertname=A,team=pay               | alertname=NodeDown                  | held",
        "alertname=A,team=shop,node=n       | alertname=NodeDown,node=n           | sent",
        // on both sides of a rule: not by itself, not by one of its kind
        "alertname=NodeDown,team=pay,node=n | alertname=NodeDown,team=pay,node=n  | sent",
        "alertname=NodeDown,team=pay,node=n | alertname=NodeDown,node=n           | held",
      })
  void an_alert_is_held_back_by_one_that_is_equal_where_it_must_be(
      String target, String firing, String outcome) {
    Map<String, String> alert = RoutesTest.map(target);
    List<Map<String, String>> all = List.of(alert, RoutesTest.map(firing));
    assertThat(RULES.holdsBack(alert, all).isPresent()).isEqualTo(outcome.equals("held"));
  }

  @Test
  void says_which_alert_and_which_rule() {
    Map<String, String> critical = RoutesTest.map("alertname=A,severity=critical");
    assertThat(RULES.holdsBack(RoutesTest.map("alertname=A,severity=warning"), List.of(critical)))
        .hasValueSatisfying(
            held -> {
              assertThat(held.source()).isEqualTo(critical);
              assertThat(held.by()).isEqualTo(RULES.rules().get(0));
            });
  }

  @Test
  void nothing_is_held_back_where_nothing_fires() {
    assertThat(RULES.holdsBack(Map.of("severity", "warning"), List.of())).isEmpty();
  }

  private static Inhibition rule(String source, String target, String... equal) {
    return new Inhibition(
        Place.wholeFile("spec.yaml"),
        new TreeMap<>(RoutesTest.map(source)),
        new TreeMap<>(RoutesTest.map(target)),
        Arrays.asList(equal));
  }
}
