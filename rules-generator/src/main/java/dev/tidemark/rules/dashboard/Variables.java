package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be chosen, the same on every dashboard of a kind. */
final class Variables {
  /** A series without the label counts, too. */
  private static final Optional<String> ANYTHING = Optional.of(".*");

  private Variables() {}

  /** Cluster, namespace and several workloads. */
  static List<Variable> workloads(Chosen chosen) {
    return new ArrayList<>(places(chosen, workload(chosen, /* several= */ true)));
  }

  /** Cluster, namespace, one workload, and several of its targets or one. */
  static List<Variable> targets(Chosen chosen, boolean several) {
    List<Variable> all = places(chosen, workload(chosen, /* several= */ false));
    Expr seen = new Chosen(chosen.fleet(), false).seen().by("max", List.of("pod"));
    all.add(
        new Variable(
            "pod",
            chosen.fleet().hasPods() ? "Pod or instance" : "Instance",
            "query_result(" + new Query(seen).text() + ")",
            "/pod=\"([^\"]+)\"/",
            several,
            Optional.empty()));
    return all;
  }

  /** Job and instance of programs that tell of themselves. */
  static List<Variable> programs(String metric) {
    return List.of(
        new Variable("job", "Job", values(metric, List.of(), "job"), "", true, Optional.of(".+")),
        new Variable(
            "instance",
            "Instance",
            values(metric, List.of(chosen("job")), "instance"),
            "",
            true,
            Optional.of(".+")));
  }

  private static List<Variable> places(Chosen chosen, Variable workload) {
    List<Variable> all = new ArrayList<>();
    String anchor = chosen.anchor();
    all.add(
        new Variable(
            "cluster", "Cluster", values(anchor, List.of(), "cluster"), "", true, ANYTHING));
    if (chosen.fleet().hasPods()) {
      List<Matcher> matchers = new ArrayList<>(List.of(chosen("cluster")));
      matchers.addAll(chosen.fleet().pods().orElseThrow());
      all.add(
          new Variable(
              "namespace", "Namespace", values(anchor, matchers, "namespace"), "", true, ANYTHING));
    }
    all.add(workload);
    return all;
  }

  private static Variable workload(Chosen chosen, boolean several) {
    String label = chosen.workloadLabel();
    List<Matcher> matchers = new ArrayList<>(List.of(chosen("cluster")));
    if (chosen.fleet().hasPods()) {
      matchers.add(chosen("namespace"));
    }
    return new Variable(
        "workload",
        chosen.fleet().exporter() ? "Workload" : "Job",
        values(chosen.anchor(), matchers, label),
        "",
        several,
        several ? ANYTHING : Optional.empty());
  }

  private static String values(String metric, List<Matcher> matchers, String label) {
    return "label_values(" + Expr.series(metric, matchers).text() + ", " + label + ")";
  }

  private static Matcher chosen(String label) {
    return new Matcher(label, Op.RE, "$" + label);
  }
}
