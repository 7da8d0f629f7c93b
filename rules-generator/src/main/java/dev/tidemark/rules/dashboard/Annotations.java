package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;

/** What else happened: it explains most steps in a line. */
final class Annotations {
  private static final double MILLIS = 1000;
  private static final List<String> TEMPLATE = List.of("cluster", "namespace", "replicaset");

  private Annotations() {}

  /** Starts, deploys, remediations and alerts of what is chosen. */
  static List<Annotation> of(Chosen chosen) {
    List<Annotation> all = new ArrayList<>();
    all.add(
        new Annotation(
            "Starts",
            new Query(
                chosen.told(SourceMetrics.PROCESS_START).by("max", Chosen.TARGET).times(MILLIS)),
            "started: {{pod}} {{container}}",
            "orange",
            true));
    if (chosen.fleet().hasPods() && chosen.fleet().exporter()) {
      all.add(deploys());
    }
    all.add(
        new Annotation(
            "Remediations",
            new Query(
                Expr.series(
                        SelfMetrics.STEPS,
                        List.of(new Matcher("step", Op.NOT_RE, "pprof|diagnose|notify")))
                    .over("increase", Query.RATE_INTERVAL)
                    .by("sum", List.of("step", "outcome"))
                    .compare(">", 0)),
            "remediation, of any workload: {{step}} {{outcome}}",
            "purple",
            false));
    all.add(
        new Annotation(
            "Alerts",
            new Query(
                Expr.series(
                        SourceMetrics.ALERTS,
                        List.of(
                            Matcher.equal("alertstate", "firing"),
                            new Matcher("workload", Op.RE, "$workload")))
                    .by("max", List.of("alertname", "namespace", "pod", "instance"))),
            "{{alertname}} {{pod}}{{instance}}",
            "red",
            false));
    return all;
  }

  /** A new pod template is a new ReplicaSet. */
  private static Annotation deploys() {
    List<Matcher> place =
        List.of(
            new Matcher("cluster", Op.RE, "$cluster"),
            new Matcher("namespace", Op.RE, "$namespace"));
    List<Matcher> owned = new ArrayList<>(place);
    owned.add(new Matcher("owner_name", Op.RE, "$workload"));
    return new Annotation(
        "Deploys",
        new Query(
            Expr.series(SourceMetrics.REPLICASET_CREATED, place)
                .by("max", TEMPLATE)
                .times(MILLIS)
                .and(
                    TEMPLATE,
                    Expr.series(SourceMetrics.REPLICASET_OWNER, owned).by("max", TEMPLATE))),
        "new pod template: {{replicaset}}",
        "blue",
        true);
  }
}
