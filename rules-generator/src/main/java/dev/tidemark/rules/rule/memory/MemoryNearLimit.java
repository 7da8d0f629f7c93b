package dev.tidemark.rules.rule.memory;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.AlertMaker;
import dev.tidemark.rules.rule.Cases;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Made;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.rule.Pods;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.toolkit.config.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Memory is nearly all used: in pods the working set of its limit, elsewhere resident memory of the
 * stated limit or GOMEMLIMIT. A job may run in either. Plain PromQL, so it needs no exporter.
 */
public final class MemoryNearLimit implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.9, 0.1, 0.98, "share of the limit");

  /** An unset GOMEMLIMIT is 2^63−1. */
  private static final double UNSET = 9e18;

  @Override
  public CatalogueEntry entry() {
    return CatalogueEntry.of("memory-near-limit", "GoMemoryNearLimit", Severity.CRITICAL)
        .waits(Duration.ofMinutes(10))
        .keepsFiring(Duration.ofMinutes(5))
        .with(ABOVE);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    double above = with.get(ABOVE);
    Targets.refuseWorkload(service.selection(), alert, with);
    Template description =
        Targets.nameOfEither(service.selection())
            .text(" uses ")
            .percentage()
            .text(
                " of its memory limit; near 100% the collector takes the CPU or the kernel kills"
                    + " it.");
    Duration waits = alert.forDuration().orElse(entry().forDuration());
    List<Scenario> scenarios = new ArrayList<>();
    if (service.selection().scope() != Scope.PODS) {
      scenarios.addAll(ofProcesses(service, above));
    }
    scenarios.addAll(ofContainers(service, above, waits));
    return Made.of(
        share(service).compare(">", above),
        "A Go process has nearly used up its memory.",
        description,
        scenarios);
  }

  /** What of its memory each target uses, a share of 1. */
  public static Expr share(Service service) {
    Selection selection = service.selection();
    Expr containers =
        Targets.ofPods(selection, inContainers(service))
            .by("max", Targets.groupingOfPods(selection));
    return selection.scope() == Scope.PODS
        ? containers
        : containers.or(Targets.POD, inProcesses(service));
  }

  private static Expr inContainers(Service service) {
    Selection selection = service.selection();
    // a limit belongs to a container, so the join is on all of it even where an alert tells less
    Expr used =
        Targets.notEnded(
            selection,
            Targets.ofContainers(selection, SourceMetrics.WORKING_SET)
                .by("max", Targets.CONTAINER));
    Expr share = used.dividedBy(Targets.CONTAINER, Limits.memory(selection));
    Optional<ByteSize> stated = service.memoryLimit();
    return stated.isPresent()
        ? share.or(used.dividedBy(Expr.number((double) stated.get().bytes())))
        : share;
  }

  /** Of pods only where nobody tells of their containers. */
  private static Expr inProcesses(Service service) {
    Selection selection = service.selection();
    List<String> by = Targets.groupingOfEither(selection);
    Expr used = Targets.seen(selection, SourceMetrics.RSS, selection.all()).by("max", by);
    Optional<ByteSize> stated = service.memoryLimit();
    return stated.isPresent()
        ? used.dividedBy(Expr.number((double) stated.get().bytes()))
        : used.dividedBy(
            by,
            Targets.seen(selection, SourceMetrics.GOMEMLIMIT, selection.all())
                .compare(">", 0)
                .compare("<", UNSET)
                .by("min", by));
  }

  private static List<Scenario> ofContainers(Service service, double above, Duration waits) {
    Cases cases = Cases.ofContainer(service);
    Fixture fixture = cases.fixture();
    double high = Cases.above(above);
    String used = fixture.container(SourceMetrics.WORKING_SET, "id", "/kubepods/a");
    Input near = Input.bad(used, 100, high * 1000);
    Input limit = Limits.told(fixture, "memory", 1000, "10.0.0.7:8080");
    Input gone = new Input(limit.series(), limit.before(), Level.GONE, Level.GONE);
    String cadvisor = fixture.container(SourceMetrics.SPEC_MEMORY_LIMIT);
    cases
        .fires("memory near its limit fires, and ends when it falls", high, near, limit)
        .fires(
            "two kube-state-metrics do no harm",
            high,
            near,
            limit,
            Limits.told(fixture, "memory", 1000, "10.0.0.8:8080"))
        .fires("it fires without kube-state-metrics", high, near, Input.steady(cadvisor, 1000))
        .silent(
            "memory below the threshold stays silent",
            Input.steady(used, (above - 0.05) * 1000),
            limit)
        .silent(
            "a pod that has ended uses nothing, whatever is still told of it",
            near,
            limit,
            Pods.phase(fixture, "Succeeded", 1),
            Pods.phase(fixture, "Running", 0))
        .fires(
            "a pod that runs fires",
            high,
            near,
            limit,
            Pods.phase(fixture, "Failed", 0),
            Pods.phase(fixture, "Running", 1))
        .silent(
            "a limit that is raised counts at once, though the pod is made anew under its name",
            near,
            gone,
            Limits.told(fixture, "memory", 10_000, "10.0.0.9:8080"));
    if (waits.compareTo(Targets.REMEMBERED.dividedBy(2)) <= 0) {
      cases.fires("a limit outlives kube-state-metrics", high, near, gone);
    }
    if (service.memoryLimit().isEmpty()) {
      cases
          .silent("a container without a limit stays silent", near, Input.steady(cadvisor, 0))
          .silent("a limit of nought is none", near, Input.steady(limit.series(), 0));
    }
    return cases.all();
  }

  private static List<Scenario> ofProcesses(Service service, double above) {
    Cases cases = Cases.ofProcess(service);
    Fixture fixture = cases.fixture();
    double high = Cases.above(above);
    double bytes = service.memoryLimit().map(ByteSize::bytes).orElse(1000L);
    String used = fixture.process(SourceMetrics.RSS);
    String limit = fixture.process(SourceMetrics.GOMEMLIMIT);
    cases
        .fires(
            "a process near its limit fires, and ends when it falls",
            high,
            Input.bad(used, bytes / 8, high * bytes),
            Input.steady(limit, bytes))
        .silent(
            "a process below the threshold stays silent",
            Input.steady(used, (above - 0.05) * bytes),
            Input.steady(limit, bytes));
    if (service.memoryLimit().isEmpty()) {
      cases.silent(
          "an unset GOMEMLIMIT stays silent",
          Input.steady(used, Long.MAX_VALUE),
          Input.steady(limit, Long.MAX_VALUE));
    }
    List<Scenario> scenarios = new ArrayList<>(cases.all());
    scenarios.remove(scenarios.size() - 1);
    return scenarios;
  }
}
