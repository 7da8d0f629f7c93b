package dev.tidemark.rules.rule.platform;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Go processes of a node have very many goroutines together. */
public final class NodeGoroutines implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.count("above", 500_000, 100, 1e9, "goroutines of all pods of a node together");

  private static final List<String> PLACED = List.of("cluster", "namespace", "pod", "node");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("node-goroutines", "GoNodeGoroutines", Severity.WARNING)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Selection selection = service.selection();
    Nodes.refuseOthers(selection, alert, with);
    double above = with.get(ABOVE);
    Expr goroutines =
        Targets.sensible(
                Targets.seen(
                    selection,
                    SourceMetrics.GOROUTINES,
                    Nodes.matchers(selection, Matcher.notEqual("pod", ""))))
            .by("max", Targets.CONTAINER);
    Expr info =
        Expr.series(
            SourceMetrics.POD_INFO, Nodes.matchers(selection, Matcher.notEqual("node", "")));
    Expr placed = Targets.remembered(info, Targets.POD).by("max", PLACED).topk(1, Targets.POD);
    return Made.of(
        goroutines
            .op("*", Join.manyTo(Targets.POD, "node"), placed)
            .by("sum", Nodes.NODE)
            .compare(">", above),
        "A node carries very many goroutines.",
        Template.of("The Go processes on node ")
            .label("node")
            .text(
                " have more than "
                    + Expr.number(above).text()
                    + " goroutines together; its"
                    + " schedulers and its memory suffer, and all pods with them."),
        scenarios(service, above));
  }

  private static List<Scenario> scenarios(Service service, double above) {
    Selection selection = service.selection();
    Input one = Input.bad(goroutines(selection, "a"), above / 2, above);
    Input two = Input.steady(goroutines(selection, "b"), above / 4);
    Input a = placed(selection, "a", "10.0.0.7:8080");
    Input b = placed(selection, "b", "10.0.0.7:8080");
    Input c = placed(selection, "c", "10.0.0.7:8080");
    return Cases.of(service, Nodes.labels(selection))
        .fires("two pods that are too many together fire, and end", above, one, two, a, b)
        .fires(
            "two kube-state-metrics do no harm",
            above,
            one,
            two,
            a,
            b,
            placed(selection, "a", "10.0.0.8:8080"),
            placed(selection, "b", "10.0.0.8:8080"))
        .fires(
            "a pod that counts nonsense hides nobody",
            above,
            one,
            two,
            Input.steady(goroutines(selection, "c"), Double.NaN),
            Input.steady(goroutines(selection, "d"), -1e9),
            a,
            b,
            c,
            placed(selection, "d", "10.0.0.7:8080"))
        .fires(
            "a pod that moves, and is told on two nodes, does no harm",
            above,
            one,
            two,
            Input.steady(goroutines(selection, "c"), above / 4),
            a,
            b,
            c,
            Input.steady(c.series().replace("node=\"node-1\"", "node=\"node-2\""), /* value= */ 1))
        .silent(
            "a pod that has infinitely many stays silent",
            Input.steady(goroutines(selection, "c"), Double.POSITIVE_INFINITY),
            c)
        .silent(
            "a pod that has more than can be stays silent",
            Input.steady(goroutines(selection, "c"), 1e18),
            c)
        .silent("one pod alone stays silent", Input.steady(one.series(), above), a)
        .silent("pods that nobody places stay silent", one, two)
        .all();
  }

  private static String goroutines(Selection selection, String pod) {
    Map<String, String> labels = new TreeMap<>(selection.labels());
    labels.putAll(Map.of("namespace", "shop", "pod", pod, "container", "app", "job", "any"));
    return Fixture.series(SourceMetrics.GOROUTINES, labels);
  }

  private static Input placed(Selection selection, String pod, String replica) {
    return Input.steady(
        Nodes.series(
            selection,
            SourceMetrics.POD_INFO,
            "namespace",
            "shop",
            "pod",
            pod,
            "instance",
            replica),
        1);
  }
}
