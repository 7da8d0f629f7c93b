package dev.tidemark.rules.rule.platform;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A kubelet leaks: then it stops telling that its node is ready. */
public final class KubeletGoroutines implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.count("above", 1500, 100, 1e6, "goroutines of the kubelet itself");

  private static final List<String> KUBELET = List.of("cluster", "job", "instance");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("kubelet-goroutines", "GoKubeletGoroutines", Severity.WARNING)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    Selection selection = service.selection();
    double above = with.get(ABOVE);
    List<String> named = new ArrayList<>(KUBELET);
    named.add("node");
    // a kubelet is what tells its node's name, whatever its job is called
    Expr kubelets =
        Targets.seen(selection, SourceMetrics.KUBELET_NODE, selection.all()).by("max", named);
    Expr goroutines =
        Targets.sensible(Targets.seen(selection, SourceMetrics.GOROUTINES, selection.all()))
            .by("max", KUBELET);
    return Made.of(
        kubelets
            .op("*", Join.manyTo(KUBELET), goroutines)
            .by("max", Nodes.NODE)
            .compare(">", above),
        "A kubelet has very many goroutines.",
        Template.of("The kubelet of node ")
            .label("node")
            .text(
                " has more than "
                    + Expr.number(above).text()
                    + " goroutines; soon it is too slow to"
                    + " tell that the node is ready."),
        scenarios(service, above));
  }

  private static List<Scenario> scenarios(Service service, double above) {
    Selection selection = service.selection();
    Map<String, String> labels =
        new TreeMap<>(Map.of("job", "kubelet", "instance", "10.1.0.1:10250"));
    labels.putAll(selection.labels());
    Input kubelet =
        Input.bad(Fixture.series(SourceMetrics.GOROUTINES, labels), above / 2, above * 2);
    labels.put("node", "node-1");
    Input node = Input.steady(Fixture.series(SourceMetrics.KUBELET_NODE, labels), 1);
    return Cases.of(service, Nodes.labels(selection))
        .fires("a kubelet that leaks fires, and ends", 0, kubelet, node)
        .silent("another process stays silent", kubelet)
        .silent(
            "as many as cannot be stay silent",
            Input.steady(kubelet.series(), Double.POSITIVE_INFINITY),
            node)
        .silent("as many as allowed stay silent", Input.steady(kubelet.series(), above), node)
        .all();
  }
}
