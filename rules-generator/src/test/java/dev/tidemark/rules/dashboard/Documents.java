package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.rules.Oracle;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Dashboards as documents, made of specifications of every kind. */
final class Documents {
  private static final String HEAD =
      """
      apiVersion: tidemark/v1
      teams: [{name: pay, receiver: hook}, {name: ops, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://localhost:9478/x"}}]
      """;

  private static final String LEAKS = "alerts: [{use: goroutine-leak}, {use: heap-leak}]}\n";
  private static final String PODS =
      "  - {name: api, team: pay, selector: {namespace: pay, job: api}, " + LEAKS;
  private static final String PROCESSES =
      "  - {name: till, team: ops, selector: {job: 'till|x$y'}, " + LEAKS;
  private static final String TEAMS = "dashboards: {folder: go, perTeam: true}\n";
  private static final String PROMQL = "target: {engine: promql}\n";

  private Documents() {}

  /** A kind of fleet, its name, and its specification. */
  record Kind(String name, String spec) {
    @Override
    public String toString() {
      return name;
    }

    SortedMap<String, JsonNode> documents() throws ProblemsException, IOException {
      return read(Oracle.files(spec));
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("pods and processes", HEAD + TEAMS + "services:\n" + PODS + PROCESSES),
        new Kind("pods", HEAD + "services:\n" + PODS),
        new Kind("processes", HEAD + TEAMS + "services:\n" + PROCESSES),
        new Kind("no exporter", HEAD + PROMQL + TEAMS + "services:\n" + PODS + PROCESSES),
        new Kind("no exporter, processes", HEAD + PROMQL + "services:\n" + PROCESSES),
        new Kind(
            "no exporter and nothing recorded",
            HEAD + PROMQL + "services:\n  - {name: a, team: pay, selector: {namespace: pay}}\n"));
  }

  static JsonNode document(String kind, String path) throws ProblemsException, IOException {
    SortedMap<String, JsonNode> documents =
        kinds().filter(k -> k.name().equals(kind)).findFirst().orElseThrow().documents();
    return Optional.ofNullable(documents.get(path)).orElseThrow();
  }

  static SortedMap<String, JsonNode> read(SortedMap<String, byte[]> files) throws IOException {
    SortedMap<String, JsonNode> documents = new TreeMap<>();
    for (String path : files.keySet()) {
      if (path.startsWith(Dashboards.FOLDER)) {
        documents.put(path, new ObjectMapper().readTree(files.get(path)));
      }
    }
    return documents;
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** All panels but rows and notes. */
  static List<JsonNode> panels(JsonNode dashboard) {
    return list(dashboard.path("panels")).stream()
        .filter(panel -> !List.of("row", "text").contains(panel.path("type").asText()))
        .toList();
  }

  /** Every expression a panel or an annotation asks, as it stands. */
  static List<String> expressions(JsonNode dashboard) {
    List<String> all = new ArrayList<>();
    panels(dashboard)
        .forEach(p -> p.path("targets").forEach(t -> all.add(t.path("expr").asText())));
    dashboard.path("annotations").path("list").forEach(a -> all.add(a.path("expr").asText()));
    return all;
  }
}
