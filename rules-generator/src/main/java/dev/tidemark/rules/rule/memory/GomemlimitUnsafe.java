package dev.tidemark.rules.rule.memory;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.toolkit.config.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * GOMEMLIMIT is unset, or not below what the kernel kills at: then the collector does not know that
 * memory is short.
 */
public final class GomemlimitUnsafe implements AlertMaker {
  private static final Parameter<Double> BELOW =
      Parameter.number("below", 1, 0.5, 1, "share of the memory limit it must stay below");

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("gomemlimit-unsafe", "GoMemLimitUnsafe", Severity.INFO)
        .waits(Duration.ofHours(1))
        .with(BELOW);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Targets.refuseWorkload(service.selection(), alert, with);
    double below = with.get(BELOW);
    return Made.of(
        unsafe(service, below),
        "GOMEMLIMIT does not protect a Go process.",
        Targets.nameOfEither(service.selection())
            .text(
                " has no GOMEMLIMIT, or one that is not below its memory limit: the kernel kills it"
                    + " before the collector makes an effort."),
        scenarios(service, below));
  }

  private static Expr unsafe(Service service, double below) {
    Selection selection = service.selection();
    Expr ofContainer =
        Targets.seen(selection, SourceMetrics.GOMEMLIMIT, selection.all())
            .by("max", Targets.CONTAINER)
            .op(">=", Join.on(Targets.CONTAINER), share(Limits.memory(selection), below))
            .by("max", Targets.groupingOfPods(selection));
    Optional<ByteSize> stated = service.memoryLimit();
    return stated.isPresent()
        ? ofContainer.or(Targets.POD, ofUntold(selection, stated.get().bytes() * below))
        : ofContainer;
  }

  /** The stated limit counts only where nobody tells of the container's own. */
  private static Expr ofUntold(Selection selection, double stated) {
    List<String> by = Targets.groupingOfEither(selection);
    List<String> all = new ArrayList<>(by);
    Targets.CONTAINER.stream().filter(label -> !all.contains(label)).forEach(all::add);
    return Targets.seen(selection, SourceMetrics.GOMEMLIMIT, selection.all())
        .by("max", all)
        .compare(">=", stated)
        .unless(Targets.CONTAINER, Limits.memory(selection))
        .by("max", by);
  }

  private static Expr share(Expr limit, double below) {
    return below == 1 ? limit : limit.times(below);
  }

  private static List<Scenario> scenarios(Service service, double below) {
    Cases cases = Cases.ofProcessInPod(service);
    Fixture fixture = cases.fixture();
    String set = fixture.processInPod(SourceMetrics.GOMEMLIMIT);
    double bytes = service.memoryLimit().map(ByteSize::bytes).orElse(1000L);
    Input limit = Limits.told(fixture, "memory", bytes, "10.0.0.7:8080");
    Input again = Limits.told(fixture, "memory", bytes, "10.0.0.8:8080");
    Input unset = Input.bad(set, bytes * below / 2, Long.MAX_VALUE);
    cases
        .fires("an unset GOMEMLIMIT fires, and ends when it is set", Long.MAX_VALUE, unset, limit)
        .fires("two kube-state-metrics do no harm", Long.MAX_VALUE, unset, limit, again)
        .fires(
            "it fires without kube-state-metrics",
            Long.MAX_VALUE,
            unset,
            Input.steady(fixture.container(SourceMetrics.SPEC_MEMORY_LIMIT), bytes))
        .fires(
            "a GOMEMLIMIT at the limit fires",
            bytes,
            Input.bad(set, bytes * below / 2, bytes),
            limit)
        .silent("a GOMEMLIMIT below it stays silent", Input.steady(set, bytes * below - 1), limit);
    if (service.memoryLimit().isPresent()) {
      cases.silent(
          "where somebody tells of the container, the stated limit does not count",
          Input.steady(set, bytes),
          Limits.told(fixture, "memory", bytes * 4, "10.0.0.7:8080"));
    }
    if (service.memoryLimit().isEmpty()) {
      cases.silent("a container without a limit stays silent", unset);
    }
    List<Scenario> scenarios = new ArrayList<>(cases.all());
    if (service.memoryLimit().isPresent()) {
      scenarios.addAll(ofProcesses(service, bytes));
    }
    return scenarios;
  }

  private static List<Scenario> ofProcesses(Service service, double bytes) {
    Cases cases = Cases.ofProcess(service);
    String set = cases.fixture().process(SourceMetrics.GOMEMLIMIT);
    return cases
        .fires(
            "the stated limit counts where nobody tells of the container",
            Long.MAX_VALUE,
            Input.bad(set, bytes / 4, Long.MAX_VALUE))
        .all();
  }
}
