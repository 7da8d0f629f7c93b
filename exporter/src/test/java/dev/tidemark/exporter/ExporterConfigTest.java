package dev.tidemark.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Part;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExporterConfigTest {
  private static ExporterConfig read(String text) throws ProblemsException {
    return StrictYaml.read("exporter.yml", text, ExporterConfig.class);
  }

  @Test
  void the_example_of_the_documentation_is_valid() throws ProblemsException {
    ExporterConfig config =
        read(
            """
            sources: [{url: http://localhost:9090}]
            targets: {match: ['{namespace="pay"}']}
            interval: 30s
            delay: 30s
            history: 7d
            replicaLabels: [prometheus_replica, replica]
            labels: {add: [], drop: []}
            workload: {by: auto}
            signals: {include: [goroutines, heap_live, working_set], custom: []}
            baseline: {lag: 1h, freezeAfter: 5m, freezeCap: 24h, minSamples: 60}
            growth: {horizons: [1h, 6h, 24h], warmUp: 15m}
            limits: {goroutines: 10000}
            requests: ''
            outputs: {windows: [], quantiles: [], forecast: []}
            """);
    assertThat(config)
        .isEqualTo(
            read(
                "{targets: {match: ['{namespace=\"pay\"}']}, signals: {include: [goroutines, heap_live, working_set]}}"));
    assertThat(config.fleet().signals()).hasSize(3);
    assertThat(config.fleet().withdrawAfter()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void a_users_own_signal_and_labels_are_taken() throws ProblemsException {
    ExporterConfig config =
        read(
            """
            workload: {by: [team, app]}
            labels: {add: [zone]}
            baseline: {freezeAfter: 100000d}
            judgement: {off: [tail, days-before]}
            signals:
              include: [goroutines, queue]
              custom:
                - {id: queue, unit: none, side: high, expr: 'max by ($target) (queue_depth)'}
            """);
    assertThat(config.fleet().signals())
        .extracting(s -> s.id())
        .containsExactly("goroutines", "queue");
    assertThat(config.fleet().judge().off()).containsExactlyInAnyOrder(Part.TAIL, Part.DAYS_BEFORE);
    assertThat(config.keptLabels()).containsExactly("zone", "team", "app");
  }

  @Test
  void a_users_own_signal_is_judged_whatever_is_included_unless_it_is_no_default()
      throws ProblemsException {
    String config =
        """
        signals:
          include: [goroutines]
          custom:
            - {id: queue, expr: 'max by ($target) (queue_depth)'}
            - {id: spare, expr: 'max by ($target) (spare)', default: false}
        """;
    assertThat(read(config).judged())
        .extracting(s -> s.id())
        .containsExactly("goroutines", "queue");
    assertThat(read(config.replace("[goroutines]", "[spare]")).judged())
        .extracting(s -> s.id())
        .containsExactly("queue", "spare");
  }

  @Test
  void a_request_rate_adds_what_is_judged_per_request_whatever_is_included()
      throws ProblemsException {
    String requests = "requests: 'sum by (namespace, pod) (rate(http_requests_total[5m]))'";
    assertThat(read(requests).judged())
        .extracting(s -> s.id())
        .containsExactly(
            "goroutines",
            "heap_live",
            "working_set",
            "goroutines_per_request",
            "alloc_per_request");
    assertThat(read(requests + "\nsignals: {include: [rss]}").judged())
        .extracting(s -> s.id())
        .containsExactly("rss", "goroutines_per_request", "alloc_per_request");
    assertThat(read(requests).judged().get(3).expr())
        .contains("max without (prometheus_replica, replica) (sum by (namespace, pod)");
  }

  @Test
  void an_answer_may_have_a_row_for_each_series_that_may_be_judged() throws ProblemsException {
    assertThat(read("limits: {series: 100}").clientLimits().maxResponseBytes())
        .isEqualTo(256 << 20);
    assertThat(read("limits: {series: 2000000}").clientLimits().maxResponseBytes())
        .isEqualTo(2_048_000_000L);
  }

  @ParameterizedTest(name = "{0} with an interval of {1} has slots of {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1h, 24h, 7d]        | 15s   | 15, 60, 300
          [7d, 1h, 24h]        | 15s   | 15, 60, 300
          [1h, 24h, 7d]        | 30s   | 30, 60, 300
          [4h, 5h, 2d, 49h]    | 15s   | 15, 60, 60, 300
          [10m, 30m, 60d, 61d] | 1s    | 1, 5, 300, 900
          [1m]                 | 1s    | 1
          [2s, 20s]            | 200ms | 1, 1
          [10m, 365d]          | 1m    | 60, 900
          """)
  void the_slots_of_windows_follow_from_their_lengths(String windows, String interval, String slots)
      throws ProblemsException {
    ExporterConfig config =
        read("{interval: %s, history: 1y, baseline: {windows: %s}}".formatted(interval, windows));
    assertThat(config.judge().windows().stream().map(w -> "" + w.slot().toSeconds()).toList())
        .containsExactly(slots.split(", "));
  }

  @Test
  void windows_in_another_order_are_the_same_and_others_are_learnt_anew() throws ProblemsException {
    ExporterConfig usual = read("{}");
    assertThat(read("baseline: {windows: [7d, 24h, 1h]}").learnsAs(usual)).isTrue();
    assertThat(read("baseline: {windows: [1h, 24h]}").learnsAs(usual)).isFalse();
  }

  @Test
  void the_usual_windows_go_with_any_interval_and_any_history() throws ProblemsException {
    for (String config : List.of("history: 1m\ninterval: 1s", "interval: 2h")) {
      assertThat(read(config).judge().windows()).as(config).hasSize(3);
    }
  }

  @ParameterizedTest(name = "an interval of {0} takes rates over {1}")
  @CsvSource({"1s, 10s", "15s, 150s", "30s, 5m", "1m, 5m", "2m, 8m", "100ms, 1s"})
  void rates_fit_the_interval(String interval, String window) throws ProblemsException {
    String config =
        "{interval: %s, history: 7d, signals: {include: [alloc_rate]}}".formatted(interval);
    Duration taken =
        PromDuration.parse(
            read(config).judged().get(0).expr().replaceAll("(?s).*?\\[([0-9a-z]+)\\].*", "$1"));
    assertThat(taken).isEqualTo(PromDuration.parse(window));
  }

  @Test
  void an_interval_that_cannot_be_is_one_error() {
    assertThatThrownBy(() -> read("interval: 0s"))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .endsWith("1:11: interval: must be at least 100ms, found 0s"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          sum(rate(a[5m])) default 0      | expected an operator or the end
          WITH (x = a) sum(x)             | no PromQL at 1:1: there is no function WITH
          sum(rate(a))                    | expected type range vector
          sum(of_a_later_release(a[5m]))  | there is no function of_a_later_release
          sum(a) > 1Ki                    | bad number or duration
          5                               | is a scalar, needs an instant vector
          {a="1" or b="2"}                | expected
          (foo, bar)                      | expected
          sum(a,)                         | expected
          foo\\-bar                        | unexpected character
          foo\\(bar                        | unexpected character
          foo\\-                           | unexpected character
          foo @ (end()-1h)                | expected
          rate(a[$__interval])            | unexpected character
          {a="(" or b="\\"["} # )          | expected
          """)
  void what_some_server_may_take_is_doubted_and_not_refused(String promql, String doubt)
      throws ProblemsException {
    ExporterConfig config =
        read(
            """
            requests: '%s'
            signals: {custom: [{id: q, expr: '%s'}]}
            """
                .formatted(promql, promql));
    assertThat(config.doubts())
        .satisfiesExactly(
            of -> assertThat(of).startsWith("signals: custom: signal 1: expr: ").contains(doubt),
            of ->
                assertThat(of)
                    .startsWith("requests: ")
                    .contains(doubt, "; a source that does not know it leaves the signal empty"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~# nothing~                     | 1:10: the expression is empty
          a +                             | 1:4: expected
          a offset                        | 1:9: expected
          a default 0 +                   | 1:3: expected an operator or the end, found default; nothing is behind "+" at 1:13
          {a="1" or b="2"}, foo)          | nothing opens ")" at 1:22
          (foo, bar]                      | "]" closes "(" at 1:10
          later(sum(a)                    | 1:6: nothing closes "("
          {a="1" or b="2}                 | 1:13: unterminated string
          a default 0 && b                | 1:13: unexpected character &
          """)
  void what_no_server_could_take_is_refused(String promql, String problem) {
    assertThatThrownBy(() -> read("requests: |-\n  " + promql))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .asString()
                    .contains("requests: no PromQL at ", problem));
  }

  static List<Arguments> tooLarge() {
    return List.of(
        Arguments.of("a" + "b".repeat(100_000), "1:1: the expression has 100001 characters"),
        Arguments.of("a" + " + a".repeat(501), "1:2005: more than 500 operators"),
        Arguments.of("(".repeat(101) + "a" + ")".repeat(101), "1:101: nested deeper than 100"));
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("tooLarge")
  void what_is_more_than_we_read_is_told_as_our_limit(String promql, String limit)
      throws ProblemsException {
    assertThat(read("requests: '" + promql + "'").doubts())
        .singleElement()
        .asString()
        .startsWith("requests: not checked, for this is more than Tidemark reads, at " + limit)
        .endsWith("; the source is asked all the same");
    assertThatThrownBy(() -> read("requests: '" + promql + ")'"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("nothing opens \")\"");
  }

  @Test
  void what_prometheus_reads_is_not_doubted() throws ProblemsException {
    String config =
        """
        requests: 'sum by (pod) (rate(a[5m])) # all'
        signals: {custom: [{id: q, expr: 'max by ($target) (rate(q[$window]))'}]}
        """;
    assertThat(read(config).doubts()).isEmpty();
  }

  static List<Arguments> wrong() {
    return List.of(
        Arguments.of("", List.of("exporter.yml: ")),
        Arguments.of("intervall: 30s", List.of("1:1: unknown key", "did you mean interval?")),
        Arguments.of("interval: 10", List.of("1:11: ")),
        Arguments.of("interval: 1ms", List.of("1:11: interval: must be at least 100ms")),
        Arguments.of(
            "interval: x\nhistory: y\nlimits: {series: z}", List.of("1:11: ", "2:10: ", "3:18: ")),
        Arguments.of(
            "sources: [{url: http://a:1}, {url: http://a:1}]",
            List.of("1:10: sources: \"http://a:1\" stands twice; tell them apart by name")),
        Arguments.of("sources: [{}]", List.of("give exactly one of url and replicas")),
        Arguments.of(
            "sources: [{url: http://a, replicas: [http://b]}]",
            List.of("give exactly one of url and replicas")),
        Arguments.of(
            "sources: [{replicas: [http://a, http://a]}]", List.of("replicas: one stands twice")),
        Arguments.of(
            "sources: [{replicas: [http://a, ftp://b]}]",
            List.of("replicas: must be http://host or https://host, found \"ftp://b\"")),
        Arguments.of("sources: []", List.of("sources: must name at least one")),
        Arguments.of("sources: [{url: http://a, name: ' '}]", List.of("name: must not be empty")),
        Arguments.of(
            "sources: [{url: http://a:1/api/v1/query}]",
            List.of("1:17: url: must be where the server's API begins, \"http://a:1\", found")),
        Arguments.of(
            "sources: [{url: http://a:1/prom/api/v1/}]", List.of("begins, \"http://a:1/prom\"")),
        Arguments.of("sources: [{url: http://a:1/graph}]", List.of("begins, \"http://a:1\"")),
        Arguments.of(
            "sources: [{replicas: [http://a, http://b/api/v1/read]}]",
            List.of("replicas: must be where the server's API begins, \"http://b\"")),
        Arguments.of("sources: [{url: ftp://a}]", List.of("1:17: url: must be http://host")),
        Arguments.of(
            "sources: [{url: http://u:geheim@a}]",
            List.of("holds credentials; give them as basic_auth")),
        Arguments.of("sources: [{url: http://a, shard: 1/2}]", List.of("unknown key")),
        Arguments.of("targets: {match: ['sum(up)']}", List.of("must be a series selector")),
        Arguments.of("signals: {include: [gorutines]}", List.of("did you mean goroutines?")),
        Arguments.of(
            "signals: {custom: [{id: X, exprs: up}]}",
            List.of("custom: signal 1: ", "exprs: unknown key")),
        Arguments.of("labels: {add: ['a-b']}", List.of("\"a-b\" is no label name")),
        Arguments.of("labels: {drop: [signal]}", List.of("tells our own metrics apart")),
        Arguments.of(
            "labels: {add: [replica]}", List.of("replicaLabels: \"replica\" is merged away")),
        Arguments.of("workload: {by: owner}", List.of("by: must be auto or a list of labels")),
        Arguments.of("growth: {horizons: [1ms]}", List.of("growth: ")),
        Arguments.of("growth: {horizons: []}", List.of("horizons: must name at least one")),
        Arguments.of("baseline: {minSamples: 0}", List.of("minSamples: must be at least 1")),
        Arguments.of(
            "judgement: {off: [days-befor]}", List.of("1:19: ", "did you mean days-before?")),
        Arguments.of("outputs: {windows: [1h]}", List.of("give both windows and quantiles")),
        Arguments.of(
            "outputs: {windows: [2h], quantiles: [0.5]}",
            List.of("1:10: outputs: windows: 2h is not kept; baseline.windows has 1h, 24h, 7d")),
        Arguments.of(
            "{baseline: {windows: [2d, 6h]}, outputs: {windows: [24h], quantiles: [0.5]}}",
            List.of("24h is not kept; baseline.windows has 6h, 2d")),
        Arguments.of(
            "baseline: {windows: []}", List.of("windows: must name at least one, such as 24h")),
        Arguments.of(
            "baseline: {windows: [1h, 2h, 3h, 4h, 5h, 6h, 7h, 8h, 9h]}",
            List.of("1:21: windows: must be at most 8, found 9")),
        Arguments.of(
            "baseline: {windows: [24h, 1h, 1d], minSamples: 0}",
            List.of("windows: 24h stands twice", "minSamples: must be at least 1")),
        Arguments.of(
            "{baseline: {windows: [4m, 24h]}, interval: 30s}",
            List.of("baseline: windows: 4m is shorter than 10 intervals, which are 5m")),
        Arguments.of("baseline: {windows: [0]}", List.of("windows: 0s is shorter than")),
        Arguments.of(
            "baseline: {windows: [24h, 14d]}",
            List.of("windows: 14d is longer than history, which is 7d; raise history with it")),
        Arguments.of(
            "{history: 3y, baseline: {windows: [2y]}}",
            List.of("windows: must be at most 365d, found 730d")),
        Arguments.of(
            "{growth: {horizons: [1ms]}, baseline: {windows: [14d]}}",
            List.of("growth: ", "baseline: windows: 14d is longer")),
        Arguments.of("outputs: {windows: [1h], quantiles: [95]}", List.of("between 0 and 1")),
        Arguments.of(
            "signals: {include: [goroutines_per_request]}",
            List.of("no signal \"goroutines_per_request\"")),
        Arguments.of("outputs: {forecast: [5m]}", List.of("memory_limit_ratio", "is not judged")),
        Arguments.of(
            "{signals: {include: [memory_limit_ratio]}, outputs: {forecast: [1s]}}",
            List.of("shorter than the interval")),
        Arguments.of("health: {off: [heap_leek]}", List.of("no class \"heap_leek\"", "heap_leak")),
        Arguments.of("health: {gcCpu: 3}", List.of("gcCpu: must be above 0 and at most 1")),
        Arguments.of("health: {jitter: {alpha: 0}}", List.of("alpha: must be above 0")),
        Arguments.of(
            "limits: {goroutines: -1, series: 0, targetsPerWorkload: -2}",
            List.of("1:22: goroutines: ", "1:34: series: ", "1:57: targetsPerWorkload: ")),
        Arguments.of(
            "sources: [{url: ftp://a, name: '', timeout: 1ms}]",
            List.of("1:17: url: ", "1:32: name: ", "1:45: timeout: ")),
        Arguments.of(
            """
            sources: [{url: http://a:1}, {url: http://a:1}]
            interval: 1ms
            history: 0s
            labels: {add: [replica]}
            outputs: {windows: [2h], quantiles: [0.5], forecast: [1m], forecastOf: [rss]}
            """,
            List.of(
                "1:10: sources: ",
                "2:11: interval: ",
                "3:10: history: ",
                "replicaLabels: ",
                "5:10: outputs: forecastOf: ")),
        Arguments.of(
            "outputs: {windows: [2h, 2h], quantiles: [95]}\nhealth: {gcCpu: 3, looks: 0}\n",
            List.of("windows: must not", "quantiles: must lie", "2:17: gcCpu: ", "2:27: looks: ")),
        Arguments.of(
            "signals: {include: [gorutines], custom: [{id: X, exprs: up}, {id: q}]}",
            List.of(
                "include: no signal \"gorutines\"",
                "custom: signal 1: exprs: unknown key",
                "custom: signal 2: expr: ")),
        Arguments.of(
            "labels: {add: ['a-b', 'c-d'], drop: [signal]}",
            List.of("\"a-b\" is no label", "\"c-d\" is no label", "tells our own")),
        Arguments.of(
            "requests: 'sum by ('",
            List.of("1:11: requests: no PromQL at 1:9: expected a label, found the end")),
        Arguments.of(
            "requests: 'sum(a) + sum by (b) (c))'", List.of("requests: no PromQL at 1:24: ")),
        Arguments.of("requests: '\"a'", List.of("requests: no PromQL at 1:1: ")),
        Arguments.of(
            "signals: {custom: [{id: q, expr: 'max by ($target) (q)', limit: 'a &'}, {id: r, expr: 'max by ($target (q'}]}",
            List.of(
                "custom: signal 1: limit: no PromQL at 1:3: ",
                "custom: signal 2: expr: no PromQL at 1:17: expected \",\" or \")\"")),
        Arguments.of("delay: 8d", List.of("1:8: delay: 8d is longer than history, which is 7d")),
        Arguments.of(
            "replicaLabels: [a-b]", List.of("1:16: replicaLabels: \"a-b\" is no label name")),
        Arguments.of("growth: {horizons: [1h, 60m]}", List.of("horizons: 1h stands twice")),
        Arguments.of(
            "baseline: {freezeAfter: 1h, freezeCap: 5m}",
            List.of("1:40: freezeCap: 5m is shorter than freezeAfter, which is 1h")),
        Arguments.of("a: &a [x]\nb: *a", List.of("1:1: ", "2:1: ")));
  }

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("wrong")
  void says_all_that_is_wrong_and_where(String text, List<String> expected) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e -> {
              String all = String.join("\n", e.problems().stream().map(Problem::toString).toList());
              assertThat(all).contains(expected).doesNotContain("geheim@");
            });
  }
}
