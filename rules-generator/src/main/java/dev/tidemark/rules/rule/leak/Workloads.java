package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gives targets the label of their workload, in PromQL alone: what a pod learns must outlive the
 * pod. The owner where kube-state-metrics tells it, else the pod's name without hash or ordinal,
 * else the job; so nothing is lost when kube-state-metrics is away.
 */
record Workloads(Service service) {
  private static final String WORKLOAD = MetricNames.LABEL_WORKLOAD;
  private static final String OWNERS = "pod:kube_pod_owner:workload";
  private static final List<String> POD = List.of("cluster", "namespace", "pod");

  /** Kubernetes appends these, in an alphabet without vowels. */
  private static final String HASH = "(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10})?";

  private static final String RANDOM = "(?:-[bcdfghjklmnpqrstvwxz2456789]{5}|-[0-9]{1,6})?";

  private static final Pattern NAMED = Pattern.compile("(.+?)" + HASH + RANDOM);

  /** All labels of a target, whatever of them an alert tells. */
  List<String> target() {
    List<String> labels = new ArrayList<>(List.of("cluster"));
    labels.addAll(
        switch (service.selection().scope()) {
          case PODS -> List.of("namespace", "pod", "container");
          case JOBS -> List.of("job", "instance");
          case EITHER -> List.of("namespace", "pod", "container", "job", "instance");
        });
    return labels;
  }

  /** The labels of a workload. */
  List<String> workload() {
    return switch (service.selection().scope()) {
      case PODS -> List.of("cluster", "namespace", WORKLOAD);
      case JOBS -> List.of("cluster", "job", WORKLOAD);
      case EITHER -> List.of("cluster", "namespace", "job", WORKLOAD);
    };
  }

  /** What the expression below reads. */
  List<Recording> recordings() {
    return service.selection().scope() == Scope.JOBS ? List.of() : List.of(owners());
  }

  /** A value a target, with the label of its workload. */
  Expr named(Expr value) {
    Expr ofJob = value.in("label_replace", WORKLOAD, "$1", "job", "(.+)");
    if (service.selection().scope() == Scope.JOBS) {
      return ofJob;
    }
    Expr ofPod = ofJob.in("label_replace", WORKLOAD, "$1", "pod", "(.+?)" + HASH + RANDOM);
    return value
        .op("*", Join.manyTo(POD, WORKLOAD), Recording.series(service, OWNERS))
        .or(target(), ofPod);
  }

  /** What the expression above makes of a target without an owner. */
  String nameOf(Map<String, String> target) {
    String pod = target.getOrDefault("pod", "");
    java.util.regex.Matcher matcher = NAMED.matcher(pod);
    return matcher.matches() ? matcher.group(1) : target.getOrDefault("job", "");
  }

  private Recording owners() {
    Selection selection = service.selection();
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(Matcher.equal("owner_is_controller", "true"));
    selection.direct().stream().filter(m -> POD.contains(m.label())).forEach(matchers::add);
    Expr owners = Expr.series(SourceMetrics.POD_OWNER, matchers);
    Expr named = owners.in("label_replace", WORKLOAD, "$1", "owner_name", "(.+?)" + HASH);
    List<String> by = new ArrayList<>(POD);
    by.add(WORKLOAD);
    // one even where two kube-state-metrics tell two owners
    return Recording.of(service, OWNERS, named.by("group", by).topk(1, POD));
  }
}
