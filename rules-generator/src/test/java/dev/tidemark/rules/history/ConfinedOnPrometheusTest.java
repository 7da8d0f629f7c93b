package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.RealPrometheus;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.VectorSample;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A matcher that was moved down finds what a filter of the results would have left. */
class ConfinedOnPrometheusTest {
  private static final Instant AT = Instant.ofEpochSecond(1_700_003_600);
  private static final List<String> EXPRESSIONS =
      List.of(
          "m",
          "-m",
          "m * 2 > 4",
          "rate(m[10m])",
          "sum by (pod) (m)",
          "sum without (job) (m)",
          "sum by (job) (m)",
          "topk by (pod) (1, m)",
          "topk(1, m)",
          "count_values by (job) (\"pod\", m)",
          "m * on (pod) group_left (node) k",
          "m + on (pod, job) m offset 1m",
          "m + ignoring (job) m",
          "m and on (job) m > 2",
          "m unless on (pod) k",
          "m or k",
          "sum by (job) (m) or sum by (pod) (m)",
          "k * on (pod) group_right () m",
          "max_over_time(sum by (pod) (m)[10m:1m])",
          "label_replace(m, \"pod\", \"b-$1\", \"pod\", \"(.*)\")",
          "absent(m)",
          "vector(1)",
          "sort(m)",
          "m == bool 3",
          "scalar(sum(m)) * m",
          "sum(m)");
  private static final List<Matcher> MATCHERS =
      List.of(
          Matcher.equal("pod", "a"),
          Matcher.notEqual("pod", "a"),
          Matcher.equal("pod", ""),
          Matcher.equal("job", "x"),
          Matcher.equal("node", "n1"));
  @TempDir Path folder = Path.of("");

  @Test
  @Timeout(60)
  void never_anything_else() throws Exception {
    StringBuilder history = new StringBuilder("# TYPE m gauge\n");
    String[] targets = {"pod=\"a\",job=\"x\"", "pod=\"b\",job=\"x\"", "job=\"y\",pod=\"c\""};
    for (int i = 0; i < targets.length; i++) {
      for (long at = 0; at <= 3600; at += 60) {
        history.append(
            "m{%s} %d %d%n".formatted(targets[i], 1 + i * 2, AT.getEpochSecond() - 3600 + at));
      }
    }
    history.append("# TYPE k gauge\n");
    for (String pod : List.of("a", "b")) {
      for (long at = 0; at <= 3600; at += 60) {
        history.append(
            "k{pod=\"%s\",node=\"n%d\"} 1 %d%n"
                .formatted(pod, pod.equals("a") ? 1 : 2, AT.getEpochSecond() - 3600 + at));
      }
    }
    try (RealPrometheus server = RealPrometheus.orSkip(folder, history.toString());
        PrometheusClient client =
            new PrometheusClient(
                URI.create(server.url()), HttpConfig.NONE, ClientLimits.defaults())) {
      int moved = 0;
      for (String text : EXPRESSIONS) {
        Expr expr = PromQlParser.parse(text);
        Map<Map<String, String>, Double> all = rows(client, expr);
        for (Matcher matcher : MATCHERS) {
          Optional<Expr> confined = Confined.to(expr, matcher);
          if (confined.isPresent()) {
            moved++;
            Map<Map<String, String>, Double> left = new HashMap<>(all);
            left.keySet().removeIf(labels -> !matches(matcher, labels));
            assertThat(rows(client, confined.get())).as("%s of %s", matcher, text).isEqualTo(left);
          }
        }
      }
      assertThat(moved).isGreaterThan(50);
    }
  }

  private static boolean matches(Matcher matcher, Map<String, String> labels) {
    boolean same = labels.getOrDefault(matcher.label(), "").equals(matcher.value());
    return same == (matcher.op() == Matcher.Op.EQ);
  }

  private static Map<Map<String, String>, Double> rows(PrometheusClient client, Expr expr)
      throws Exception {
    Map<Map<String, String>, Double> rows = new HashMap<>();
    for (VectorSample row : client.query(expr.toString(), AT).samples()) {
      rows.put(row.labels(), row.value());
    }
    return rows;
  }
}
