package dev.tidemark.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.Oracle;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is true of every dashboard, of whatever fleet. */
@Execution(ExecutionMode.CONCURRENT)
class DashboardsTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$([a-z]+)\\b|\\$\\{([a-z]+):");
  private static final Pattern DASHBOARD = Pattern.compile("/d/([a-z-]+)\\?");

  @ParameterizedTest
  @MethodSource("dev.tidemark.rules.dashboard.Documents#kinds")
  void every_metric_is_one_that_the_signals_name(Documents.Kind kind) throws Exception {
    Set<String> known = known();
    for (JsonNode dashboard : kind.documents().values()) {
      for (String expr : Documents.expressions(dashboard)) {
        assertThat(Linter.selectors(Linter.tree(expr)))
            .extracting(VectorSelector::name)
            .allSatisfy(
                name ->
                    assertThat(known.contains(name) || name.startsWith("target:"))
                        .as("%s in %s", name, expr)
                        .isTrue());
      }
    }
  }

  private static Set<String> known() throws IllegalAccessException {
    Set<String> known = new HashSet<>();
    for (Class<?> names : List.of(MetricNames.class, SelfMetrics.class, SourceMetrics.class)) {
      for (Field field : names.getFields()) {
        known.add(String.valueOf(field.get(null)));
        known.add(field.get(null) + "_bucket");
      }
    }
    for (Signal signal : Catalogue.load().signals()) {
      signal.needs().forEach(need -> known.add(need.metric()));
      known.addAll(
          List.of(
              MetricNames.expected(signal),
              MetricNames.upper(signal),
              MetricNames.lower(signal),
              MetricNames.growth(signal),
              MetricNames.forecast(signal)));
    }
    return known;
  }

  @ParameterizedTest
  @MethodSource("dev.tidemark.rules.dashboard.Documents#kinds")
  void every_variable_that_is_used_can_be_chosen_and_every_link_leads_somewhere(Documents.Kind kind)
      throws Exception {
    Map<String, JsonNode> documents = kind.documents();
    Set<String> uids = new HashSet<>();
    documents.values().forEach(d -> uids.add(d.path("uid").asText()));
    assertThat(uids).hasSameSizeAs(documents.keySet()).allMatch(uid -> uid.length() <= 40);
    for (JsonNode dashboard : documents.values()) {
      Set<String> chosen = new HashSet<>();
      dashboard.path("templating").path("list").forEach(v -> chosen.add(v.path("name").asText()));
      String text = dashboard.toString();
      Set<String> used = new TreeSet<>();
      VARIABLE
          .matcher(text)
          .results()
          .forEach(r -> used.add(r.group(1) == null ? r.group(2) : r.group(1)));
      assertThat(chosen).as(dashboard.path("title").asText()).containsAll(used);
      DASHBOARD.matcher(text).results().forEach(r -> assertThat(uids).contains(r.group(1)));
      assertThat(text).doesNotContain("999ms", "__inputs", "tidemark_replica");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tidemark.rules.dashboard.Documents#kinds")
  void panels_have_ids_of_their_own_and_do_not_overlap(Documents.Kind kind) throws Exception {
    for (JsonNode dashboard : kind.documents().values()) {
      Set<Integer> ids = new HashSet<>();
      Set<List<Integer>> taken = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        String what = dashboard.path("title").asText() + ": " + panel.path("title").asText();
        assertThat(ids.add(panel.path("id").asInt())).as(what).isTrue();
        JsonNode at = panel.path("gridPos");
        assertThat(at.path("x").asInt() + at.path("w").asInt()).as(what).isBetween(1, 24);
        for (int x = 0; x < at.path("w").asInt(); x++) {
          for (int y = 0; y < at.path("h").asInt(); y++) {
            List<Integer> cell = List.of(at.path("x").asInt() + x, at.path("y").asInt() + y);
            assertThat(taken.add(cell)).as(what).isTrue();
          }
        }
        List<String> refIds = new ArrayList<>();
        panel.path("targets").forEach(t -> refIds.add(t.path("refId").asText()));
        assertThat(refIds).as(what).doesNotHaveDuplicates().allMatch(r -> r.matches("[A-Z]"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.tidemark.rules.dashboard.Documents#kinds")
  void the_same_specification_gives_the_same_bytes(Documents.Kind kind) throws Exception {
    assertThat(Oracle.files(kind.spec()))
        .usingRecursiveComparison()
        .isEqualTo(Oracle.files(kind.spec()));
  }

  @Test
  void what_has_to_be_switched_on_is_said_in_the_panel() throws Exception {
    JsonNode dashboard = document("pods", "dashboards/gc-and-scheduler.json");
    JsonNode panel =
        Documents.panels(dashboard).stream()
            .filter(p -> p.path("title").asText().startsWith("Waiting for locks"))
            .findFirst()
            .orElseThrow();
    assertThat(panel.path("description").asText()).contains("Has to be switched on: ", "^/sync/");
    assertThat(panel.path("fieldConfig").path("defaults").path("noValue").asText())
        .contains("^/sync/");
  }

  @Test
  void pods_and_processes_are_asked_by_labels_that_their_series_have() throws Exception {
    String pods = document("pods", "dashboards/workload.json").toString();
    assertThat(pods).contains("kube_replicaset_created").doesNotContain("label_replace(max");
    String processes = document("processes", "dashboards/go/workload.json").toString();
    assertThat(processes)
        .contains("instance=~\\\"$pod\\\"")
        .doesNotContain("container_memory", "kube_", "$namespace");
  }

  @Test
  void what_a_service_is_asked_to_do_stands_beside_its_goroutines() throws Exception {
    String spec =
        """
        apiVersion: tidemark/v1
        teams: [{name: pay, receiver: hook}]
        receivers: [{name: hook, webhook: {url: "http://localhost:9478/x"}}]
        services:
          - name: api
            team: pay
            selector: {namespace: pay}
            requests: 'sum by (namespace, pod) (rate(http_requests_total{namespace="pay",code!~"5.."}[5m]))'
          - name: web
            team: pay
            selector: {namespace: web}
            requests: 'sum by (namespace, pod) (rate(http_requests_total{namespace="web",code!~"5.."}[5m]))'
        """;
    JsonNode workload =
        Documents.read(Oracle.files(spec))
            .getOrDefault("dashboards/workload.json", NullNode.instance);
    assertThat(Documents.expressions(workload))
        .contains(
            "sum by (namespace, pod) (sum by (namespace, pod) (rate(http_requests_total{code!~\"5..\","
                + " cluster=~\"$cluster\", namespace=~\"$namespace\", pod=~\"$pod\", pod!=\"\"}[5m])))")
        .anyMatch(e -> e.contains("go_goroutines") && e.contains("http_requests_total"));
  }

  @Test
  void a_teams_overview_shows_its_own_namespaces_and_jobs_only() throws Exception {
    String pay = document("pods and processes", "dashboards/go/fleet-pay.json").toString();
    assertThat(pay).contains("namespace=~\\\"pay\\\"", "team=\\\"pay\\\"").doesNotContain("till");
    String ops = document("pods and processes", "dashboards/go/fleet-ops.json").toString();
    // what a name holds is neither a regular expression nor a variable of Grafana
    assertThat(ops).contains("job=~\\\"till\\\\\\\\|x[$]y\\\"").doesNotContain("\"pay\"");
  }

  @Test
  void without_an_exporter_nothing_of_it_is_asked() throws Exception {
    for (Documents.Kind kind : Documents.kinds().filter(k -> k.name().startsWith("no")).toList()) {
      for (JsonNode dashboard : kind.documents().values()) {
        assertThat(Documents.expressions(dashboard))
            .as("%s %s", kind, dashboard.path("title"))
            .noneMatch(e -> e.contains("tidemark_leak_state") || e.contains("tidemark_score"));
      }
      assertThat(kind.documents().keySet()).noneMatch(path -> path.endsWith("exporter.json"));
    }
    assertThat(document("no exporter", "dashboards/go/workload.json").toString())
        .contains("target:goroutines:yesterday", "target:goroutines:rise");
  }

  private static JsonNode document(String kind, String path) throws Exception {
    return Documents.document(kind, path);
  }
}
