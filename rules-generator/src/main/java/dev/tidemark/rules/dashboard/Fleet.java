package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the dashboards are for.
 *
 * @param exporter whether Tidemark's exporter judges; else what recording rules tell is shown
 * @param pods what pods must match beside what is chosen; empty where there are no pods
 * @param processes the same of plain processes
 * @param recorded what the recording rules write
 * @param requests what its services are asked to do
 */
record Fleet(
    boolean exporter,
    Optional<List<Matcher>> pods,
    Optional<List<Matcher>> processes,
    SortedSet<String> recorded,
    List<Requests> requests) {

  static Fleet of(Model model, List<ServiceRules> rules) {
    boolean exporter =
        model.target().engine().value() == Engine.EXPORTER
            || model.services().stream()
                .flatMap(service -> service.alerts().stream())
                .anyMatch(alert -> alert.engine() == Engine.EXPORTER);
    return new Fleet(
        exporter,
        any(model.services(), Scope.JOBS) ? Optional.of(List.of()) : Optional.empty(),
        any(model.services(), Scope.PODS) ? Optional.of(List.of()) : Optional.empty(),
        rules.stream()
            .flatMap(service -> service.recordings().stream())
            .map(Recording::record)
            .collect(Collectors.toCollection(TreeSet::new)),
        requests(model.services()));
  }

  private static List<Requests> requests(Collection<Service> services) {
    return services.stream().map(Requests::of).flatMap(Optional::stream).distinct().toList();
  }

  private static boolean any(List<Service> services, Scope butNot) {
    return services.stream().anyMatch(service -> service.selection().scope() != butNot);
  }

  /**
   * The part that some services are, as far as labels that all series have tell it: pods by
   * namespace, processes by job.
   */
  Fleet of(Collection<Service> services) {
    List<Service> all = List.copyOf(services);
    return new Fleet(
        exporter,
        any(all, Scope.JOBS) ? Optional.of(only("namespace", all, Scope.JOBS)) : Optional.empty(),
        any(all, Scope.PODS) ? Optional.of(only("job", all, Scope.PODS)) : Optional.empty(),
        recorded,
        requests(services));
  }

  private static List<Matcher> only(String label, List<Service> services, Scope butNot) {
    SortedSet<String> values = new TreeSet<>();
    for (Service service : services) {
      if (service.selection().scope() != butNot) {
        values.add(service.selection().value(label, ""));
      }
    }
    return values.contains("")
        ? List.of()
        : List.of(
            new Matcher(
                label,
                Matcher.Op.RE,
                values.stream().map(Fleet::literal).collect(Collectors.joining("|"))));
  }

  /** Exactly this text, in which Grafana finds no variable. */
  private static String literal(String text) {
    return PromQl.literalRegex(text).replace("\\$", "[$]");
  }

  /** Whether nothing but what is chosen tells its targets from others. */
  boolean isUnlimited() {
    return pods.orElse(List.of()).isEmpty() && processes.orElse(List.of()).isEmpty();
  }

  boolean hasPods() {
    return pods.isPresent();
  }

  boolean hasProcesses() {
    return processes.isPresent();
  }
}
