package dev.tidemark.rules.rule.platform;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/** Kubernetes calls a node not ready that nobody took out of service. */
public final class NodeNotReady implements AlertMaker {

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("node-not-ready", "GoNodeNotReady", Severity.CRITICAL)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Selection selection = service.selection();
    Nodes.refuseOthers(selection, alert, with);
    Expr ready =
        Targets.seen(
                selection,
                SourceMetrics.NODE_CONDITION,
                Nodes.matchers(
                    selection,
                    Matcher.equal("condition", "Ready"),
                    Matcher.equal("status", "true")))
            .by("max", Nodes.NODE);
    Expr cordoned =
        Targets.seen(selection, SourceMetrics.NODE_CORDONED, Nodes.matchers(selection))
            .by("max", Nodes.NODE)
            .compare("==", 1);
    return Made.of(
        ready.compare("==", 0).unless(Nodes.NODE, cordoned),
        "A node is not ready.",
        Template.of("Node ")
            .label("node")
            .text(" is not ready: its pods are not told apart from dead ones and move elsewhere."),
        scenarios(service));
  }

  private static List<Scenario> scenarios(Service service) {
    Selection selection = service.selection();
    Input away = Input.bad(condition(selection, "10.0.0.7:8080"), 1, 0);
    String cordon = Nodes.series(selection, SourceMetrics.NODE_CORDONED);
    return Cases.of(service, Nodes.labels(selection))
        .fires("a node that is not ready fires, and ends", 0, away, Input.steady(cordon, 0))
        .fires(
            "two kube-state-metrics do no harm",
            0,
            away,
            Input.bad(condition(selection, "10.0.0.8:8080"), 1, 0))
        .silent("a node out of service stays silent", away, Input.steady(cordon, 1))
        .silent("a ready node stays silent", Input.steady(away.series(), 1))
        .all();
  }

  private static String condition(Selection selection, String replica) {
    return Nodes.series(
        selection,
        SourceMetrics.NODE_CONDITION,
        "condition",
        "Ready",
        "status",
        "true",
        "instance",
        replica);
  }
}
