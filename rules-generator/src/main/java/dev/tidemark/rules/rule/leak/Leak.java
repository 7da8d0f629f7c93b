package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the leak alerts share: the exporter's verdict on one signal.
 *
 * @param minHistory how much the target's own baseline must have learnt; zero, the default, asks
 *     nothing, because a new pod that leaks at once freezes its baseline before it learns anything
 */
record Leak(String signal, Duration minHistory) {
  /** A leak state of two is confirmed. */
  private static final int CONFIRMED = 2;

  static final Parameter<Duration> MIN_HISTORY =
      Parameter.duration(
          "minHistory",
          Duration.ZERO,
          "how much the target's own baseline must have learnt; more than 0 delays the alert for"
              + " new pods");

  Expr expr(Selection selection) {
    List<String> by = Targets.groupingWithWorkload(selection);
    Matcher ours = Matcher.equal(MetricNames.LABEL_SIGNAL, signal);
    // joined before it is aggregated: an alert may tell fewer labels than the join needs
    Expr confirmed =
        Targets.exposed(selection, MetricNames.LEAK_STATE, ours)
            .by("max", by)
            .compare(">=", CONFIRMED);
    if (minHistory.isZero()) {
      return confirmed;
    }
    Expr learnt =
        Targets.exposed(selection, MetricNames.HISTORY, ours)
            .by("max", by)
            .compare(">=", minHistory.toMillis() / 1000.0);
    return confirmed.and(learnt);
  }

  List<Scenario> scenarios(Service service) {
    Fixture fixture = new Fixture(service);
    var labels =
        fixture.grouped(Targets.groupingWithWorkload(service.selection()), /* workload= */ true);
    String state = fixture.exposed(MetricNames.LEAK_STATE, signal, "a");
    String other = fixture.exposed(MetricNames.LEAK_STATE, signal, "b");
    Input history = Input.steady(fixture.exposed(MetricNames.HISTORY, signal, "a"), enough());
    Input leak = new Input(state, Level.of(0), Level.of(CONFIRMED), Level.of(0));
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(
        Scenario.fires(
            "a leak fires, and ends when it ends", fixture.with(leak, history), labels, CONFIRMED));
    scenarios.add(
        Scenario.fires(
                "a leak ends when the exporter goes away",
                fixture.with(
                    new Input(state, Level.of(0), Level.of(CONFIRMED), Level.GONE),
                    new Input(history.series(), history.before(), history.during(), Level.GONE)),
                labels,
                CONFIRMED)
            .lasting(service.selection().remembered()));
    scenarios.add(
        Scenario.fires(
            "two exporters make one alert, though one still doubts",
            fixture.with(leak, new Input(other, Level.of(0), Level.of(1), Level.of(0)), history),
            labels,
            CONFIRMED));
    scenarios.add(
        Scenario.silent(
            "a flat service stays silent", fixture.with(Input.steady(state, 0), history)));
    scenarios.add(
        Scenario.silent(
            "a suspicion alone stays silent", fixture.with(Input.steady(state, 1), history)));
    if (!minHistory.isZero()) {
      scenarios.add(
          Scenario.silent(
              "too little history stays silent",
              fixture.with(leak, Input.steady(history.series(), enough() / 4))));
    }
    if (service.selection().scope() == Scope.JOBS) {
      scenarios.add(inPod(service));
    }
    if (!fixture.membership().isEmpty()) {
      scenarios.add(Scenario.silent("another service's leak stays silent", List.of(leak, history)));
    }
    scenarios.add(Scenario.silent("no data stays silent", List.of()));
    return scenarios;
  }

  /** The exporter knows a pod by its name, and go_info its job. */
  private Scenario inPod(Service service) {
    Fixture fixture = new Fixture(service);
    Map<String, String> labels =
        fixture.groupedOfPod(Targets.groupingWithWorkload(service.selection()));
    labels.put(MetricNames.LABEL_WORKLOAD, fixture.workload());
    String state =
        fixture.exposed(
            fixture.container(), MetricNames.LEAK_STATE, MetricNames.LABEL_SIGNAL, signal, "a");
    String history =
        fixture.exposed(
            fixture.container(), MetricNames.HISTORY, MetricNames.LABEL_SIGNAL, signal, "a");
    List<Input> inputs = new ArrayList<>(fixture.membershipOfPod());
    inputs.add(Input.bad(state, 0, CONFIRMED));
    inputs.add(Input.steady(history, enough()));
    return Scenario.fires("a leak of a pod of the job fires, too", inputs, labels, CONFIRMED);
  }

  /** What the history's series has in tests; 0 where it is not read. */
  double learnt() {
    return minHistory.isZero() ? 0 : enough();
  }

  private double enough() {
    return minHistory.toMillis() / 1000.0 * 2 + 1;
  }
}
