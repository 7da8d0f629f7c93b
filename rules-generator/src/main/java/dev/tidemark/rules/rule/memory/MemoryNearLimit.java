package dev.tidemark.rules.rule.memory;

import dev.tidemark.promql.print.Matcher;
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
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.rules.rule.Scenario.Level;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.rules.rule.Template;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.toolkit.config.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memory is nearly all used: in pods the working set of its limit, elsewhere resident memory of the
 * stated limit or GOMEMLIMIT. Plain PromQL, so it needs no exporter.
 */
public final class MemoryNearLimit implements AlertMaker {
  private static final Parameter<Double> ABOVE =
      Parameter.number("above", 0.9, 0.1, 0.98, "share of the limit");
  private static final Matcher A_CONTAINER = Matcher.notEqual("container", "");
  private static final Matcher NOT_THE_PAUSE = Matcher.notEqual("container", "POD");

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
    if (service.selection().direct().stream()
        .anyMatch(m -> m.label().equals(MetricNames.LABEL_WORKLOAD))) {
      with.refuse(
          alert.place(),
          "memory-near-limit cannot select by workload, which only the exporter knows: name the"
              + " namespace and pod, or the job");
    }
    boolean jobs = service.selection().scope() == Scope.JOBS;
    Expr share = share(service);
    Template description =
        Targets.name(service.selection())
            .text(" uses ")
            .percentage()
            .text(
                " of its memory limit; "
                    + (jobs
                        ? "near 100% the collector takes the CPU or the kernel kills it."
                        : "at 100% the kernel kills it."));
    return Made.of(
        share.compare(">", above),
        "A Go process has nearly used up its memory.",
        description,
        jobs ? scenariosOfProcesses(service, above) : scenariosOfContainers(service, above));
  }

  /** What of its memory each target uses, a share of 1. */
  public static Expr share(Service service) {
    return service.selection().scope() == Scope.JOBS ? ofProcesses(service) : ofContainers(service);
  }

  private static Expr ofContainers(Service service) {
    Selection selection = service.selection();
    // a limit belongs to a container, so the join is on all three even where an alert tells less
    List<String> on = List.of("cluster", "namespace", "pod", "container");
    List<Matcher> containers = Targets.matchers(selection, A_CONTAINER, NOT_THE_PAUSE);
    List<Matcher> memory = Targets.matchers(selection, Matcher.equal("resource", "memory"));
    Expr used = Targets.seen(selection, SourceMetrics.WORKING_SET, containers).by("max", on);
    Expr limit =
        Targets.seen(selection, SourceMetrics.POD_LIMITS, memory)
            .by("min", on)
            .or(
                Targets.seen(selection, SourceMetrics.SPEC_MEMORY_LIMIT, containers)
                    .compare(">", 0)
                    .by("min", on));
    Expr share = used.dividedBy(on, limit);
    Optional<ByteSize> stated = service.memoryLimit();
    if (stated.isPresent()) {
      share = share.or(used.dividedBy(Expr.number((double) stated.get().bytes())));
    }
    return Targets.ofService(selection, share).by("max", Targets.grouping(selection));
  }

  private static Expr ofProcesses(Service service) {
    Selection selection = service.selection();
    List<String> by = List.of("cluster", "job", "instance");
    Expr used =
        Targets.seen(selection, SourceMetrics.RSS, Targets.matchers(selection)).by("max", by);
    Optional<ByteSize> stated = service.memoryLimit();
    Expr share =
        stated.isPresent()
            ? used.dividedBy(Expr.number((double) stated.get().bytes()))
            : used.dividedBy(
                by,
                Targets.seen(selection, SourceMetrics.GOMEMLIMIT, Targets.matchers(selection))
                    .compare("<", UNSET)
                    .by("min", by));
    return Targets.ofService(selection, share).by("max", Targets.grouping(selection));
  }

  private static List<Scenario> scenariosOfContainers(Service service, double above) {
    Fixture fixture = new Fixture(service);
    Map<String, String> labels = fixture.grouped(Targets.grouping(service.selection()), false);
    double high = high(above);
    String used =
        fixture.own(SourceMetrics.WORKING_SET, Map.of("id", "/kubepods/a", "job", "kubelet"));
    Input near = new Input(used, Level.of(100), Level.of(high * 1000), Level.of(100));
    Input limit = limit(fixture, "10.0.0.7:8080");
    Input cadvisor =
        Input.steady(fixture.own(SourceMetrics.SPEC_MEMORY_LIMIT, Map.of("job", "kubelet")), 1000);
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(
        Scenario.fires(
            "memory near its limit fires, and ends when it falls",
            fixture.with(near, limit),
            labels,
            high));
    scenarios.add(
        Scenario.fires(
            "two kube-state-metrics do no harm",
            fixture.with(near, limit, limit(fixture, "10.0.0.8:8080")),
            labels,
            high));
    scenarios.add(
        Scenario.fires(
            "it fires without kube-state-metrics", fixture.with(near, cadvisor), labels, high));
    scenarios.add(
        Scenario.silent(
            "memory below the threshold stays silent",
            fixture.with(Input.steady(used, (above - 0.05) * 1000), limit)));
    List<Input> unlimited = fixture.with(near, Input.steady(cadvisor.series(), 0));
    if (service.memoryLimit().isEmpty()) {
      scenarios.add(Scenario.silent("a container without a limit stays silent", unlimited));
    }
    if (!fixture.membership().isEmpty()) {
      scenarios.add(Scenario.silent("another service's memory stays silent", List.of(near, limit)));
    }
    scenarios.add(Scenario.silent("no data stays silent", List.of()));
    return scenarios;
  }

  private static Input limit(Fixture fixture, String instance) {
    return Input.steady(
        fixture.own(
            SourceMetrics.POD_LIMITS,
            Map.of("resource", "memory", "job", "kube-state-metrics", "instance", instance)),
        1000);
  }

  private static List<Scenario> scenariosOfProcesses(Service service, double above) {
    Fixture fixture = new Fixture(service);
    Map<String, String> labels = fixture.grouped(Targets.grouping(service.selection()), false);
    double high = high(above);
    double bytes = service.memoryLimit().map(ByteSize::bytes).orElse(1000L);
    String used = fixture.own(SourceMetrics.RSS, Map.of());
    Input near = new Input(used, Level.of(bytes / 8), Level.of(high * bytes), Level.of(bytes / 8));
    Input limit = Input.steady(fixture.own(SourceMetrics.GOMEMLIMIT, Map.of()), bytes);
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.add(
        Scenario.fires(
            "memory near its limit fires, and ends when it falls",
            fixture.with(near, limit),
            labels,
            high));
    scenarios.add(
        Scenario.silent(
            "memory below the threshold stays silent",
            fixture.with(Input.steady(used, (above - 0.05) * bytes), limit)));
    if (service.memoryLimit().isEmpty()) {
      scenarios.add(
          Scenario.silent(
              "an unset GOMEMLIMIT stays silent",
              fixture.with(
                  Input.steady(used, Long.MAX_VALUE),
                  Input.steady(limit.series(), Long.MAX_VALUE))));
    }
    scenarios.add(Scenario.silent("no data stays silent", List.of()));
    return scenarios;
  }

  /** A share above the threshold that is whole in percent. */
  private static double high(double above) {
    return Math.floor((above + 1) / 2 * 100) / 100;
  }
}
