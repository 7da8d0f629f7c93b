package dev.tidemark.rules.rule.runtime;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Trouble;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;

/**
 * The collector takes the CPU. Under GOMEMLIMIT that is what a leak looks like: memory stands
 * still.
 */
public final class GcThrash implements AlertMaker {
  private static final String CLASS = "gc_thrash";

  private static final Parameter<Double> ABOVE =
      Parameter.number(
          "above",
          0.25,
          0.02,
          0.9,
          "engine promql: the collector's share of the busy CPU, where that is exposed");

  private static final Parameter<Double> CYCLES =
      Parameter.number(
          "cycles",
          2,
          0.05,
          1000,
          "engine promql: collections a second near GOMEMLIMIT, where it is not");

  private static final Parameter<Double> NEAR =
      Parameter.number("near", 0.9, 0.1, 1, "engine promql: share of GOMEMLIMIT that is near");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("gc-thrash", "GoGcThrash", Severity.WARNING)
        .waits(Duration.ofMinutes(15))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE, CYCLES, NEAR);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    if (alert.engine() == Engine.EXPORTER) {
      return Trouble.made(service, CLASS, SUMMARY, WHAT);
    }
    Targets.refuseWorkload(service.selection(), alert, with);
    double above = with.get(ABOVE);
    double cycles = with.get(CYCLES);
    double near = with.get(NEAR);
    Expr share = Signals.ofProcess(service, "gc_cpu_fraction");
    Expr often =
        Signals.ofProcess(service, "gc_rate")
            .compare(">", cycles)
            .and(Signals.ofProcess(service, "gomemlimit_ratio").compare(">", near));
    // where the share is known it decides alone: allocation costs cycles without any harm
    Expr thrashes = share.compare(">", above).or(often.unless(share));
    return Made.of(
        thrashes,
        SUMMARY,
        Targets.name(service.selection()).text(" " + WHAT),
        scenarios(service, above, cycles, near));
  }

  private static final String SUMMARY = "The garbage collector takes the CPU of a Go process.";
  private static final String WHAT =
      "spends its CPU on garbage collection: too little memory for what it keeps, often a leak under"
          + " GOMEMLIMIT.";

  private static List<Scenario> scenarios(
      Service service, double above, double cycles, double near) {
    Cases cases = Cases.ofProcess(service).settling(service.selection().remembered());
    Fixture fixture = cases.fixture();
    double high = Cases.above(above);
    String gc = fixture.process(SourceMetrics.CPU_GC);
    Input all = Input.steady(fixture.process(SourceMetrics.CPU_ALL), Level.rate(4));
    Input idle = Input.steady(fixture.process(SourceMetrics.CPU_IDLE), Level.rate(3));
    Input often =
        Input.faster(
            fixture.process(SourceMetrics.GC_DURATION_COUNT), cycles / 4, Math.ceil(cycles * 2));
    Input full = Input.steady(fixture.process(SourceMetrics.GO_SYS), 1000 * (1 + near) / 2);
    Input half = Input.steady(full.series(), 1000 * near / 2);
    Input released = Input.steady(fixture.process(SourceMetrics.GO_HEAP_RELEASED), 0);
    Input limit = Input.steady(fixture.process(SourceMetrics.GOMEMLIMIT), 1000);
    return cases
        .fires("a busy collector fires, and ends", high, Input.faster(gc, 0.01, high), all, idle)
        .fires(
            "many collections near GOMEMLIMIT fire where the share is not exposed",
            Math.ceil(cycles * 2),
            often,
            full,
            released,
            limit)
        .silent(
            "the share decides where it is exposed",
            Input.steady(gc, Level.rate(above * 0.9)),
            all,
            idle,
            often,
            full,
            released,
            limit)
        .silent("many collections with memory to spare stay silent", often, half, released, limit)
        .silent(
            "a quiet collector stays silent", Input.steady(gc, Level.rate(above / 4)), all, idle)
        .all();
  }
}
