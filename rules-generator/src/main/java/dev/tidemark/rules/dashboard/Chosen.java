package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The series of what is chosen at the top of a dashboard. {@code $pod} is a pod, or of a plain
 * process its instance, so that one variable serves both; rows of processes get it as their label
 * {@code pod}. Pods and processes are asked apart: what a pod tells itself carries an instance,
 * too.
 *
 * @param targets whether {@code $pod} is chosen, too; else whole workloads
 */
record Chosen(Fleet fleet, boolean targets) {
  /** What tells the series of a workload's targets apart. */
  static final List<String> TARGET = List.of("namespace", "pod", "container");

  /** {@link #TARGET} in words. */
  static final String LEGEND = "{{pod}} {{container}}";

  /** Of what the exporter judges, the whole of a target's name. */
  static final List<String> WHOLE =
      List.of("cluster", "namespace", MetricNames.LABEL_WORKLOAD, "pod", "container");

  /** What the exporter tells of targets. */
  Expr judged(String metric, Matcher... more) {
    return judged(Expr.series(metric, List.of(more)));
  }

  /** The same of an expression over one of the exporter's metrics. */
  Expr judged(Expr expr) {
    String workload = MetricNames.LABEL_WORKLOAD;
    return either(
        expr.with(pods(Optional.of(workload))), instanceAsPod(expr.with(processes(workload))));
  }

  /** The same of all targets, whatever is chosen. */
  Expr judgedAnywhere(String metric) {
    Expr series = Expr.series(metric, List.of());
    return either(
        series.with(List.of(Matcher.notEqual("pod", ""))),
        instanceAsPod(series.with(List.of(Matcher.equal("pod", "")))));
  }

  /** What the exporter tells of whole workloads. */
  Expr ofWorkloads(Expr expr) {
    String workload = MetricNames.LABEL_WORKLOAD;
    List<Matcher> all = ofWorkload(workload);
    if (fleet.isUnlimited()) {
      return expr.with(all);
    }
    List<Matcher> pods = new ArrayList<>(all);
    pods.addAll(fleet.pods().orElse(List.of()));
    pods.add(Matcher.notEqual("namespace", ""));
    List<Matcher> processes = new ArrayList<>(all);
    for (Matcher job : fleet.processes().orElse(List.of())) {
      processes.add(new Matcher(workload, job.op(), job.value()));
    }
    processes.add(Matcher.equal("namespace", ""));
    return either(expr.with(pods), expr.with(processes));
  }

  /** An expression over what targets tell themselves. */
  Expr told(Expr expr) {
    // the exporter knows the workload of a pod; the pod itself knows its job only
    boolean byPod = fleet.exporter() && targets;
    return either(
        expr.with(pods(byPod ? Optional.empty() : Optional.of("job"))),
        instanceAsPod(expr.with(processes("job"))));
  }

  Expr told(String metric) {
    return told(Expr.series(metric, List.of()));
  }

  /** An expression over what others tell of pods: cAdvisor, kube-state-metrics. */
  Expr ofPods(Expr expr) {
    return expr.with(pods(Optional.empty()));
  }

  /** An expression over what plain processes tell themselves. */
  Expr ofProcesses(Expr expr) {
    return instanceAsPod(expr.with(processes("job")));
  }

  /** What recording rules wrote of targets. */
  Expr recorded(String record) {
    Expr series = Expr.series(record, List.of());
    return either(
        series.with(pods(Optional.empty())), instanceAsPod(series.with(processes("job"))));
  }

  /** The metric that every target has. */
  String anchor() {
    return fleet.exporter() ? MetricNames.LEAK_STATE : SourceMetrics.GO_INFO;
  }

  /** The label of the anchor that {@code $workload} chooses. */
  String workloadLabel() {
    return fleet.exporter() ? MetricNames.LABEL_WORKLOAD : "job";
  }

  /** Every target that was there in the time shown. */
  Expr seen() {
    Expr seen = Expr.series(anchor(), List.of()).over("last_over_time", Query.RANGE);
    return fleet.exporter() ? judged(seen) : told(seen);
  }

  private Expr either(Expr pods, Expr processes) {
    if (!fleet.hasProcesses()) {
      return pods;
    }
    return fleet.hasPods() ? pods.or(processes) : processes;
  }

  private static Expr instanceAsPod(Expr expr) {
    return expr.in("label_replace", "pod", "$1", "instance", "(.+)");
  }

  private List<Matcher> ofWorkload(String label) {
    List<Matcher> matchers = new ArrayList<>(place());
    matchers.add(new Matcher(label, Op.RE, "$workload"));
    return matchers;
  }

  private List<Matcher> pods(Optional<String> workload) {
    List<Matcher> matchers = new ArrayList<>(place());
    workload.ifPresent(label -> matchers.add(new Matcher(label, Op.RE, "$workload")));
    matchers.addAll(fleet.pods().orElse(List.of()));
    if (targets) {
      matchers.add(chosen("pod"));
    }
    matchers.add(Matcher.notEqual("pod", ""));
    return matchers;
  }

  private List<Matcher> processes(String workload) {
    List<Matcher> matchers = new ArrayList<>(ofWorkload(workload));
    matchers.addAll(fleet.processes().orElse(List.of()));
    if (targets) {
      matchers.add(new Matcher("instance", Op.RE, "$pod"));
    }
    matchers.add(Matcher.equal("pod", ""));
    return matchers;
  }

  private List<Matcher> place() {
    return fleet.hasPods()
        ? List.of(chosen("cluster"), chosen("namespace"))
        : List.of(chosen("cluster"));
  }

  private static Matcher chosen(String label) {
    return new Matcher(label, Op.RE, "$" + label);
  }
}
