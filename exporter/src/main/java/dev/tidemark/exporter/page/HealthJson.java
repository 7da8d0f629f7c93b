package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.fleet.WorkloadView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.MemoryAccount;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
   * @param search what the target must contain; of workloads a label, a target that is told, or one
   *     that ended; empty for all
   */
  static ObjectNode of(Condition condition, String search) {
    ObjectNode root = NODES.objectNode();
    ArrayNode targets = root.putArray("targets");
    Map<String, List<TargetView>> matched = new HashMap<>();
    condition.snapshot().health().targets().stream()
        .filter(view -> view.isTrueAt(condition.now()))
        .filter(view -> view.target().contains(search))
        .limit(MOST)
        .forEach(
            view -> {
              targets.add(target(view));
              matched.computeIfAbsent(workloadOf(view.labels()), w -> new ArrayList<>()).add(view);
            });
    ArrayNode workloads = root.putArray("workloads");
    condition.snapshot().health().workloads().stream()
        .filter(view -> isMeant(view, search) || isOfOne(view, matched))
        .limit(MOST)
        .forEach(view -> workloads.add(workload(view)));
    return root;
  }

  /** By its own labels, or by a target that is gone and whose end it tells. */
  private static boolean isMeant(WorkloadView view, String search) {
    return view.labels().values().stream().anyMatch(value -> value.contains(search))
        || view.recent().stream().anyMatch(restart -> restart.target().contains(search));
  }

  private static boolean isOfOne(WorkloadView view, Map<String, List<TargetView>> targets) {
    return targets.getOrDefault(workloadOf(view.labels()), List.of()).stream()
        .anyMatch(target -> target.labels().entrySet().containsAll(view.labels().entrySet()));
  }

  private static String workloadOf(Map<String, String> labels) {
    return labels.getOrDefault(MetricNames.LABEL_WORKLOAD, "");
  }

  private static ObjectNode target(TargetView view) {
    ObjectNode node = NODES.objectNode();
    node.put("target", view.target());
    labels(node, view.labels());
    node.put("score", known(view.score().score()));
    ObjectNode parts = node.putObject("parts");
    view.score().parts().forEach((part, value) -> parts.put(part.label(), value));
    memory(node, view.memory());
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

  private static void memory(ObjectNode node, MemoryAccount memory) {
    ObjectNode into = node.putObject("memory");
    into.put("at", memory.isKnown() ? Instant.ofEpochMilli(memory.atMillis()).toString() : null);
    into.put("workingSetBytes", known(memory.workingSet()));
    into.put("residentBytes", known(memory.resident()));
    into.put("goBytes", known(memory.go()));
    into.put("gapBytes", known(memory.gap()));
    into.put("outsideGoBytes", known(memory.outsideGo()));
    into.put("pageCacheBytes", known(memory.cache()));
    into.put("mappedFilesBytes", known(memory.mapped()));
    into.put("kernelBytes", known(memory.kernel()));
    into.put("reason", memory.inWords());
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
