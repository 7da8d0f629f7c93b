package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many targets of one workload leak: undo the deploy, never restart forty pods. */
public final class WorkloadLeak implements AlertMaker {
  private static final Parameter<Double> AT_LEAST =
      Parameter.number("atLeast", 3, 2, 1000, "how many targets of the workload must leak");

  private static final Parameter<Double> SHARE =
      Parameter.number("share", 0.3, 0.01, 0.99, "and more than which share of them");

  private static final List<String> SIGNALS = List.of("goroutines", "heap_live");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("workload-leak", "GoWorkloadLeak", Severity.CRITICAL)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(15))
        .with(AT_LEAST, SHARE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    GrowthParameters.refuseWorkload(service, alert, with);
    String told = toldApartBy(service.selection());
    if (service.selection().labels().containsKey(told)) {
      with.refuse(
          alert.place(),
          "workload-leak is of many targets, and the selector names one " + told + " only");
    }
    double atLeast = Math.rint(with.get(AT_LEAST));
    double share = with.get(SHARE);
    Made made =
        alert.engine() == Engine.EXPORTER
            ? byExporter(service, atLeast, share)
            : byRules(service, atLeast, share);
    return made.ofWorkloadOfSeries();
  }

  private static Made byExporter(Service service, double atLeast, double share) {
    Selection selection = service.selection();
    List<String> target = new ArrayList<>(Targets.CONTAINER);
    target.addAll(List.of("job", "instance", MetricNames.LABEL_WORKLOAD));
    Expr state = Targets.exposed(selection, MetricNames.LEAK_STATE).by("max", target);
    Expr expr = many(service, state.compare(">=", 2), state, atLeast, share);
    int many = (int) Math.max(atLeast, 2);
    return made(
        expr,
        List.of(
            Scenario.fires(
                "a workload whose targets leak fires, and ends when they end",
                targets(service, many, many),
                labels(service),
                many),
            Scenario.silent("too few stay silent", targets(service, many, (int) atLeast - 1)),
            Scenario.silent("no data stays silent", List.of())));
  }

  private static Made byRules(Service service, double atLeast, double share) {
    List<Window> windows = GrowthParameters.of(service).windows();
    List<Recording> recordings = new ArrayList<>();
    List<String> target = new Workloads(service).target();
    target.add(MetricNames.LABEL_WORKLOAD);
    List<Expr> leaking = new ArrayList<>();
    List<Expr> present = new ArrayList<>();
    for (String signal : SIGNALS) {
      Growth growth = Source.of(service, signal, Double.NaN, Stake.usual(signal));
      recordings.addAll(growth.recordings(windows));
      leaking.add(growth.leaking(windows).by("max", target));
      present.add(growth.level().series().by("max", target));
    }
    Expr expr =
        many(
            service,
            leaking.stream().reduce(Expr::or).orElseThrow(),
            present.stream().reduce(Expr::or).orElseThrow(),
            atLeast,
            share);
    return made(expr, List.of(Scenario.silent("no data stays silent", List.of())))
        .after(recordings);
  }

  private static Expr many(
      Service service, Expr leaking, Expr present, double atLeast, double share) {
    List<String> by = by(service);
    Expr count = leaking.by("count", by);
    return count
        .compare(">=", atLeast)
        .and(count.dividedBy(present.by("count", by)).compare(">", share));
  }

  private static List<String> by(Service service) {
    return service.selection().scope() == Scope.JOBS
        ? List.of("cluster", "namespace", "job", MetricNames.LABEL_WORKLOAD)
        : List.of("cluster", "namespace", MetricNames.LABEL_WORKLOAD);
  }

  private static String toldApartBy(Selection selection) {
    return selection.scope() == Scope.JOBS ? "instance" : "pod";
  }

  private static List<Input> targets(Service service, int all, int leaking) {
    Fixture fixture = new Fixture(service);
    String told = toldApartBy(service.selection());
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      Map<String, String> labels = new TreeMap<>(fixture.target());
      labels.put(told, told + i);
      labels.put(MetricNames.LABEL_WORKLOAD, fixture.workload());
      labels.put(MetricNames.LABEL_SIGNAL, "goroutines");
      inputs.add(Input.bad(Fixture.series(MetricNames.LEAK_STATE, labels), 0, i < leaking ? 2 : 0));
      if (!fixture.membership().isEmpty()) {
        inputs.add(Input.steady(fixture.process(SourceMetrics.GO_INFO, told, told + i), 1));
      }
    }
    return inputs;
  }

  private static Map<String, String> labels(Service service) {
    return new Fixture(service).grouped(by(service), /* workload= */ true);
  }

  private static Made made(Expr expr, List<Scenario> scenarios) {
    return Made.of(
        expr,
        "Many targets of one workload leak.",
        Template.of("Many targets of ")
            .label(MetricNames.LABEL_WORKLOAD)
            .text(
                " leak at the same time, as after a bad deploy: undo it instead of restarting them"
                    + " one by one."),
        scenarios);
  }
}
