package dev.tidemark.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way alerts take through a routing tree; amtool says the same in RoutingProofTest. */
class RoutesTest {
  private static final Routes TREE =
      new Routes(
          route(
              "all",
              "",
              false,
              route(
                  "pay",
                  "team=pay",
                  false,
                  route("pager", "severity=critical", true),
                  route("log", "severity=critical", false),
                  route("never", "severity=critical", false)),
              route("copy", "team=shop", true),
              route("shop", "team=shop", false),
              route("nobody", "zone=", false)));

  @ParameterizedTest(name = "{0} reaches {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "team=pay,severity=warning  | pay",
        "team=pay,severity=critical | pager,log",
        "team=shop                  | copy,shop",
        "team=ops                   | nobody",
        "team=ops,zone=b            | all",
        "zone=b                     | all",
      })
  void an_alert_takes_the_first_way_and_those_that_continue(String labels, String receivers) {
    assertThat(TREE.receiversOf(map(labels))).isEqualTo(List.of(receivers.split(",")));
  }

  @Test
  void an_alert_without_labels_ends_somewhere() {
    assertThat(TREE.receiversOf(Map.of())).containsExactly("nobody");
  }

  private static Route route(String receiver, String match, boolean continues, Route... routes) {
    return new Route(
        receiver, new TreeMap<>(map(match)), continues, List.of(), List.of(), List.of(routes));
  }

  static Map<String, String> map(String labels) {
    Map<String, String> map = new TreeMap<>();
    for (String label : labels.split(",")) {
      int equals = label.indexOf('=');
      if (equals > 0) {
        map.put(label.substring(0, equals), label.substring(equals + 1));
      }
    }
    return map;
  }
}
