package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.fleet.WorkloadView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.Restart;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/health}: what ails each target and why, and how the last processes of each
 * workload ended. What is not known is null.
 */
final class HealthJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The parameters. */
  static final List<String> NAMES = List.of("match");

  /** So many targets and workloads at most; the search narrows them down. */
  static final int MOST = 1000;

  private HealthJson() {}

  /**
   * @param search what the target or a label of the workload must contain; empty for all
   */
  static ObjectNode of(Condition condition, String search) {
    ObjectNode root = NODES.objectNode();
    ArrayNode targets = root.putArray("targets");
    condition.snapshot().health().targets().stream()
        .filter(view -> view.isTrueAt(condition.now()))
        .filter(view -> view.target().contains(search))
        .limit(MOST)
        .forEach(view -> targets.add(target(view)));
    ArrayNode workloads = root.putArray("workloads");
    condition.snapshot().health().workloads().stream()
        .filter(view -> view.labels().values().stream().anyMatch(v -> v.contains(search)))
        .limit(MOST)
        .forEach(view -> workloads.add(workload(view)));
    return root;
  }

  private static ObjectNode target(TargetView view) {
    ObjectNode node = NODES.objectNode();
    node.put("target", view.target());
    labels(node, view.labels());
    node.put("score", known(view.score().score()));
    ObjectNode parts = node.putObject("parts");
    view.score().parts().forEach((part, value) -> parts.put(part.label(), value));
    ArrayNode findings = node.putArray("troubles");
    for (Finding finding : view.findings()) {
      ObjectNode one = findings.addObject();
      one.put("class", finding.trouble().label());
      one.put(
          "present",
          switch (finding.verdict()) {
            case YES -> Boolean.TRUE;
            case NO -> Boolean.FALSE;
            case UNKNOWN -> null;
          });
      one.put("reason", finding.reason());
    }
    return node;
  }

  private static ObjectNode workload(WorkloadView view) {
    ObjectNode node = NODES.objectNode();
    labels(node, view.labels());
    node.put("restarts", view.restarts());
    node.put("oomKills", view.oomKills());
    ArrayNode recent = node.putArray("recent");
    for (Restart restart : view.recent()) {
      ObjectNode one = recent.addObject();
      one.put("at", Instant.ofEpochMilli(restart.atMillis()).toString());
      one.put("target", restart.target());
      one.put(
          "why",
          restart.why() == Restart.Why.UNKNOWN
              ? null
              : restart.why().name().toLowerCase(Locale.ROOT));
      one.put("livedSeconds", restart.livedMillis() < 0 ? null : restart.livedMillis() / 1000.0);
      ArrayNode before = one.putArray("before");
      restart.before().forEach(state -> before.add(state(state)));
    }
    return node;
  }

  private static ObjectNode state(Restart.LastState state) {
    ObjectNode node = NODES.objectNode();
    node.put("signal", state.signal());
    node.put("value", known(state.value()));
    node.put("limit", known(state.limit()));
    node.put("leakState", state.leakState().code());
    node.put("growthPerSecond", known(state.growthPerSecond()));
    node.put("reason", state.reason());
    return node;
  }

  private static void labels(ObjectNode node, Map<String, String> labels) {
    ObjectNode into = node.putObject("labels");
    new TreeMap<>(labels).forEach(into::put);
  }

  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
