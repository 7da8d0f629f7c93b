package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.RealPrometheus;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is evaluated in stages is what the server says of the same with all put into one. */
class StagesOnPrometheusTest {
  private static final Instant END = Instant.ofEpochSecond(1_700_006_400);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int MINUTES = 600;
  private static final List<FoundRule> RULES =
      RuleFileReader.read(
              new SpecText(
                  "r.yml",
                  """
                  groups:
                  - name: g
                    rules:
                    - {record: 'r:m:max', expr: 'max by (job, pod) (m)', labels: {s: x}}
                    - {record: 'r:m:all', expr: 'sum by (job) (r:m:max{s="x"})', labels: {s: x}}
                    - {record: 'r:m:hour', expr: 'max_over_time(r:m:max[1h]) - min_over_time(r:m:max[1h])'}
                    - {record: 'r:m:both', expr: 'a'}
                    - {record: 'r:m:both', expr: 'b', labels: {s: y}}
                    - {record: 'r:m:self', expr: 'r:m:self + 1'}
                  """))
          .rules()
          .toList();

  private static final List<String> EXPRESSIONS =
      List.of(
          "r:m:max",
          "r:m:max{pod=~\"a|b\"} > 30",
          "r:m:max{pod!=\"a\"}",
          "10 < r:m:max",
          "r:m:max >= bool 30",
          "-r:m:max ^ 2 / 3 % 7",
          "r:m:max offset 30m",
          "r:m:max offset -30m",
          "max_over_time(r:m:max[45m] offset -20m)",
          "max_over_time((r:m:max > 30)[30m:5m] offset -10m)",
          "r:m:max == on (job) max by (job) (r:m:max)",
          "max by (job) (r:m:max) <= on (job) r:m:max{job=\"y\"}",
          "r:m:max{pod=~\"[[:alpha:]]+\"}",
          "label_replace(r:m:max, \"w\", \"$1\", \"pod\", \"([[:alpha:]]).*\")",
          "max_over_time((r:m:max * on (job, pod) group_left () m)[2h:1s])",
          "avg_over_time(r:m:max[3h])",
          "stddev_over_time(r:m:max[3h])",
          "stdvar_over_time((r:m:max > 30)[3h:1m])",
          "r:m:all",
          "r:m:both",
          "r:m:max * on (job) group_left (s) r:m:all",
          "r:m:all / on (job) group_right () r:m:max",
          "r:m:max / ignoring (s) m",
          "r:m:max - on (pod) max by (pod) (r:m:max offset 1h)",
          "r:m:max > 30 and on (pod) r:m:max < 60",
          "r:m:max unless on (pod) r:m:max > 40",
          "r:m:max > 40 or on (job) r:m:max",
          "(r:m:hour > 30 or r:m:max) * 2",
          "abs(r:m:max > 40 or r:m:hour)",
          "1 ^ (r:m:max * 0 / 0)",
          "max_over_time(r:m:max[45m])",
          "min_over_time(r:m:max[45m] offset 20m)",
          "avg_over_time(r:m:max[45m])",
          "sum_over_time(r:m:max[7m])",
          "count_over_time(r:m:max[45m])",
          "stddev_over_time(r:m:max[45m])",
          "stdvar_over_time(r:m:max[45m])",
          "quantile_over_time(0.9, r:m:max[45m])",
          "present_over_time(r:m:max[45m])",
          "last_over_time(r:m:max[45m])",
          "deriv(r:m:max[45m]) * 1800",
          "deriv(r:m:all[2h])",
          "r:m:hour",
          "r:m:hour > 10 and deriv(r:m:max[30m]) > 0",
          "max_over_time((r:m:max > 30)[30m:5m])",
          "avg_over_time(max by (job) (r:m:max)[1h:7m] offset 3m)",
          "sum without (pod) (r:m:max)",
          "avg by (job) (r:m:max)",
          "count(r:m:max > 30)",
          "min by (s) (r:m:max)",
          "group by (pod) (r:m:max)",
          "stddev by (job) (r:m:max)",
          "stdvar(r:m:max)",
          "clamp_min(clamp_max(r:m:max, 50), 20)",
          "clamp(r:m:max, 10, 30)",
          "abs(ceil(r:m:max / 7) - floor(r:m:max / 3))",
          "label_replace(r:m:max, \"w\", \"${1}-x$$\", \"pod\", \"(.).*\")",
          "label_replace(r:m:max, \"s\", \"\", \"pod\", \"b.*\")",
          "r:m:max > scalar(max(m)) / 2",
          "r:m:max * 0 + on (job) group_left () r:m:all and on (pod) m");

  /** Whether Prometheus refuses them hangs on single samples. */
  private static final List<String> DOUBTFUL =
      List.of(
          "r:m:max + on (job) r:m:all",
          "r:m:all + on (job) r:m:max",
          "r:m:max > bool on (job) r:m:all",
          "r:m:max > on (job) r:m:all * 0",
          "max by (job) (r:m:max{job=\"y\"}) + on (job) r:m:max",
          "max by (job) (r:m:max{job=\"y\"} > 1e9) + on (job) r:m:max",
          "r:m:max + on (job) group_right () r:m:max",
          "r:m:max + on (job) group_left (s) r:m:all");

  @TempDir Path folder = Path.of("");

  private static String history() {
    StringBuilder history = new StringBuilder("# TYPE m gauge\n");
    Random random = new Random(11);
    for (String series :
        List.of("m{job=\"x\",pod=\"a\"}", "m{job=\"x\",pod=\"b\"}", "m{job=\"y\",pod=\"bb\"}")) {
      double level;
      for (int minute = -MINUTES; minute <= 0; minute++) {
        level = 35 + 30 * Math.sin(minute / 70.0 + series.length()) + random.nextGaussian() * 3;
        history.append("%s %s %d%n".formatted(series, level, END.getEpochSecond() + 60L * minute));
      }
    }
    for (String name : List.of("a", "b")) {
      history.append("# TYPE %s gauge%n".formatted(name));
      for (int minute = -MINUTES; minute <= 0; minute++) {
        history.append(
            "%s{pod=\"p\"} %d %d%n".formatted(name, minute, END.getEpochSecond() + 60L * minute));
      }
    }
    return history.toString();
  }

  @Test
  @Timeout(120)
  void is_what_the_server_says_of_all_in_one() throws Exception {
    // an hour before the last samples, for some look ahead
    Instant end = END.minus(Duration.ofHours(1));
    Span span = new Span(end.minus(Duration.ofHours(3)), end, EVERY);
    try (RealPrometheus server = RealPrometheus.orSkip(folder, history());
        PrometheusClient client =
            new PrometheusClient(
                URI.create(server.url()), HttpConfig.NONE, ClientLimits.defaults())) {
      RangeSource asked = client::queryRange;
      for (String text : EXPRESSIONS) {
        Expr expr = PromQlParser.parse(text);
        Stages stages = new Stages(asked, span, RULES, selector -> false);
        assertThat(stages.takes(expr)).as(text).isTrue();
        Expr whole = new Recordings(RULES, EVERY, selector -> false).inline(expr).expr();
        same(text, rows(stages, span, text), rows(asked, span, whole.toString()));
      }
    }
  }

  @Test
  @Timeout(120)
  void refuses_the_joins_that_the_server_refuses() throws Exception {
    Span span = new Span(END.minus(Duration.ofHours(1)), END, EVERY);
    try (RealPrometheus server = RealPrometheus.orSkip(folder, history());
        PrometheusClient client =
            new PrometheusClient(
                URI.create(server.url()), HttpConfig.NONE, ClientLimits.defaults())) {
      RangeSource asked = client::queryRange;
      List<String> refused = new ArrayList<>();
      for (String text : DOUBTFUL) {
        Stages stages = new Stages(asked, span, RULES, selector -> false);
        Expr expr = PromQlParser.parse(text);
        assertThat(stages.takes(expr)).as(text).isTrue();
        Expr whole = new Recordings(RULES, EVERY, selector -> false).inline(expr).expr();
        boolean theirs = isRefused(asked, span, whole.toString());
        assertThat(isRefused(stages, span, text)).as(text).isEqualTo(theirs);
        if (theirs) {
          refused.add(text);
        }
      }
      assertThat(refused).hasSizeBetween(4, DOUBTFUL.size() - 2);
    }
  }

  private static boolean isRefused(RangeSource source, Span span, String expr) throws Exception {
    try {
      rows(source, span, expr);
      return false;
    } catch (PrometheusException e) {
      assertThat(e.reason()).isEqualTo(PrometheusException.Reason.QUERY);
      return true;
    }
  }

  private static void same(
      String text,
      Map<Map<String, String>, Map<Long, Double>> staged,
      Map<Map<String, String>, Map<Long, Double>> asked) {
    assertThat(asked).as(text).isNotEmpty();
    assertThat(staged.keySet()).as(text).isEqualTo(asked.keySet());
    asked.forEach(
        (labels, values) -> {
          Map<Long, Double> own = staged.getOrDefault(labels, new TreeMap<>());
          assertThat(own.keySet()).as("%s %s", text, labels).isEqualTo(values.keySet());
          values.forEach(
              (time, value) ->
                  assertThat(own.get(time))
                      .as("%s %s at %d", text, labels, time)
                      .isCloseTo(value, Offset.offset(1e-9)));
        });
  }

  private static Map<Map<String, String>, Map<Long, Double>> rows(
      RangeSource source, Span span, String expr) throws Exception {
    Map<Map<String, String>, Map<Long, Double>> rows = new HashMap<>();
    List<String> unused =
        source.range(
            expr,
            span.from(),
            span.to(),
            span.step(),
            new SeriesSink() {
              private Map<Long, Double> row = new TreeMap<>();

              @Override
              public void begin(Map<String, String> labels) {
                // an alert's series has no name
                Map<String, String> key = new TreeMap<>(labels);
                key.remove("__name__");
                row = new TreeMap<>();
                rows.put(key, row);
              }

              @Override
              public void sample(long timestampMillis, double value) {
                row.put(timestampMillis, value);
              }

              @Override
              public void end() {}
            });
    return rows;
  }

  @Test
  void what_no_expected_alert_reads_is_let_go() throws Exception {
    Map<String, Integer> asked = new TreeMap<>();
    RangeSource counted =
        (expr, start, end, step, sink) -> {
          asked.merge(expr, 1, Integer::sum);
          return List.of();
        };
    Span span = new Span(END.minus(Duration.ofHours(3)), END, EVERY);
    Stages stages = new Stages(counted, span, RULES, selector -> false);
    Expr all = PromQlParser.parse("r:m:all > 1");
    Expr both = PromQlParser.parse("r:m:both > 1");
    assertThat(stages.takes(all) && stages.takes(both)).isTrue();
    rows(stages, span, all.toString());
    rows(stages, span, both.toString());
    stages.keepFor(List.of(all));
    rows(stages, span, "r:m:max > 2");
    assertThat(asked).containsEntry("max by (job, pod) (m)", 1).containsEntry("a", 1);
    rows(stages, span, both.toString());
    assertThat(asked).containsEntry("max by (job, pod) (m)", 1).containsEntry("a", 2);
  }

  @Test
  void leaves_what_it_does_not_know_to_the_server() throws Exception {
    Span span = new Span(END.minus(Duration.ofHours(3)), END, EVERY);
    RangeSource nobody =
        (expr, start, end, step, sink) -> {
          throw new AssertionError("asked " + expr);
        };
    for (String text :
        List.of(
            "topk(1, r:m:max)",
            "rate(r:m:max[5m])",
            "r:m:max @ 100",
            "max_over_time(r:m:max[1h:])",
            "count_values(\"v\", r:m:max)",
            "label_replace(r:m:max, \"w\", \"$name\", \"pod\", \"(?P<name>.*)\")",
            "r:m:self > 1",
            "absent(r:m:max)")) {
      Stages stages = new Stages(nobody, span, RULES, selector -> false);
      assertThat(stages.takes(PromQlParser.parse(text))).as(text).isFalse();
    }
  }

  @Test
  void a_recording_that_many_read_is_asked_for_once() throws Exception {
    Map<String, Integer> asked = new TreeMap<>();
    RangeSource counted =
        (expr, start, end, step, sink) -> {
          asked.merge(expr, 1, Integer::sum);
          return List.of();
        };
    Span span = new Span(END.minus(Duration.ofHours(3)), END, EVERY);
    Stages stages = new Stages(counted, span, RULES, selector -> false);
    for (String text : List.of("r:m:hour > 1", "r:m:all > 1", "deriv(r:m:max[2h]) > 1")) {
      assertThat(stages.takes(PromQlParser.parse(text))).isTrue();
    }
    for (String text : List.of("r:m:hour > 1", "r:m:all > 1", "deriv(r:m:max[2h]) > 1")) {
      assertThat(rows(stages, span, text)).isEmpty();
    }
    assertThat(asked)
        .isEqualTo(Map.of("max by (job, pod) (m)", 1, "count_over_time(vector(1)[1m:1m])", 1));
  }
}
