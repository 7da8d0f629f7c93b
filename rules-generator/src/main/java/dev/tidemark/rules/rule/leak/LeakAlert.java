package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One signal of a target grows and never comes back.
 *
 * @param signal id of the catalogue of signals
 * @param summary the same for every target
 * @param what what the target does, after its name and before the evidence
 */
public record LeakAlert(CatalogueEntry entry, String signal, String summary, String what)
    implements AlertMaker {
  /** Goroutines that never end. */
  public static final LeakAlert GOROUTINES =
      new LeakAlert(
          entry("goroutine-leak", "GoGoroutineLeak", Stake.LIMIT),
          "goroutines",
          "A Go process leaks goroutines.",
          "has ever more goroutines");

  /** Memory that stays reachable. */
  public static final LeakAlert HEAP =
      new LeakAlert(
          entry("heap-leak", "GoHeapLeak"),
          "heap_live",
          "A Go process leaks heap memory.",
          "keeps ever more memory that the collector cannot free");

  /** Stacks that grow faster than the goroutines. */
  public static final LeakAlert STACKS =
      new LeakAlert(
          entry("deep-stacks", "GoDeepStacks"),
          "stack_per_goroutine",
          "The stacks of a Go process grow faster than its goroutines.",
          "needs ever more stack for each goroutine, as a recursion without end does");

  private static CatalogueEntry entry(String id, String alert, Parameter<?>... more) {
    List<Parameter<?>> parameters = new ArrayList<>();
    parameters.add(Leak.MIN_HISTORY);
    parameters.add(GrowthParameters.PER_HOUR);
    parameters.addAll(List.of(more));
    parameters.add(GrowthParameters.FAST);
    parameters.add(GrowthParameters.SLOW);
    return CatalogueEntry.of(id, alert, Severity.WARNING)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(15))
        .with(parameters.toArray(Parameter<?>[]::new));
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    GrowthParameters growth = GrowthParameters.of(service, alert, with);
    return alert.engine() == Engine.EXPORTER
        ? byExporter(service, alert, with)
        : ofGrowth(
            Source.of(service, signal, growth.perHour(), stake(with)),
            growth.windows(),
            alert,
            this);
  }

  private Stake stake(Parameters with) {
    return entry.parameters().contains(Stake.LIMIT)
        ? Stake.limit(with.get(Stake.LIMIT))
        : Stake.usual(signal);
  }

  private Made byExporter(Service service, Alert alert, Parameters with) {
    Leak leak = new Leak(signal, with.get(Leak.MIN_HISTORY));
    return Made.of(
            leak.expr(service.selection()),
            summary,
            Targets.nameOfEither(service.selection())
                .text(
                    " "
                        + what
                        + ": the growth passed every test of a leak, and load, deploys and"
                        + " yesterday do not explain it."),
            leak.scenarios(service))
        .tells(
            new VerdictStories(
                    service,
                    signal,
                    alert.forDuration().orElse(entry.forDuration()),
                    alert.keepFiringFor().orElse(entry.keepFiringFor()),
                    leak.learnt())
                .all())
        .ofWorkloadOfSeries();
  }

  /** The alert by recording rules alone. */
  static Made ofGrowth(Growth growth, List<Window> windows, Alert alert, LeakAlert of) {
    Service service = growth.service();
    Template description =
        Targets.name(service.selection())
            .text(
                " "
                    + of.what
                    + ": it rises in both halves of the time looked at, as it did not yesterday,"
                    + " and stands far above its usual level.");
    return Made.of(
            growth.leaking(windows).by("max", Targets.groupingWithWorkload(service.selection())),
            of.summary,
            description,
            List.of(Scenario.silent("no data stays silent", List.of())))
        .after(growth.recordings(windows))
        .ofWorkloadOfSeries()
        .tells(new LeakStories(growth, windows, alert, of.entry).all());
  }
}
