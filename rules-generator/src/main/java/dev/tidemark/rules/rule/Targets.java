package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What expressions over a service's targets have in common.
 *
 * <p>A service that is selected by its job alone may run anywhere. Prometheus' own labels tell its
 * processes; what the exporter, cAdvisor and kube-state-metrics expose of a pod has no job, and is
 * joined from {@code go_info}.
 */
public final class Targets {
  /** How long a target that was not scraped still belongs to its service. */
  public static final Duration REMEMBERED = Duration.ofHours(1);

  /** The labels of a container, whatever of them an alert tells. */
  public static final List<String> CONTAINER = List.of("cluster", "namespace", "pod", "container");

  /** The labels of a pod. */
  public static final List<String> POD = List.of("cluster", "namespace", "pod");

  /** A hundred terabytes, and more goroutines than memory could hold. */
  private static final double BEYOND_SENSE = 1e14;

  private static final List<String> PROCESS = List.of("job", "instance");

  private Targets() {}

  /** The labels an alert over the exporter's series keeps; replicas are aggregated away. */
  public static List<String> groupingWithWorkload(Selection selection) {
    List<String> by = groupingOfEither(selection);
    by.add(MetricNames.LABEL_WORKLOAD);
    return by;
  }

  /** The labels an alert over a process' own series keeps. */
  public static List<String> grouping(Selection selection) {
    List<String> by = new ArrayList<>(List.of("cluster"));
    by.addAll(selection.identity());
    return by;
  }

  /** The labels an alert over series of a container keeps. */
  public static List<String> groupingOfPods(Selection selection) {
    return selection.scope() == Scope.PODS ? grouping(selection) : CONTAINER;
  }

  /** As {@link #grouping}, and where that has none, those of a container. */
  public static List<String> groupingOfEither(Selection selection) {
    List<String> by = grouping(selection);
    if (selection.scope() != Scope.PODS) {
      CONTAINER.stream().filter(label -> !by.contains(label)).forEach(by::add);
    }
    return by;
  }

  public static List<Matcher> matchers(Selection selection, Matcher... more) {
    List<Matcher> matchers = new ArrayList<>(List.of(more));
    matchers.addAll(selection.direct());
    return matchers;
  }

  /** The series that match; one that a scrape missed counts on for a while. */
  public static Expr seen(Selection selection, String metric, List<Matcher> matchers) {
    return Expr.series(metric, matchers).over("last_over_time", selection.remembered());
  }

  /** What the exporter exposes of the service's targets. */
  public static Expr exposed(Selection selection, String metric, Matcher... more) {
    Expr named = ofService(selection, seen(selection, metric, matchers(selection, more)));
    if (selection.scope() != Scope.JOBS) {
      return named;
    }
    List<Matcher> pods = new ArrayList<>(List.of(more));
    pods.add(Matcher.equal("job", ""));
    pods.addAll(selection.ofPods());
    return named.or(ofPods(selection, seen(selection, metric, pods)));
  }

  /**
   * What cAdvisor or kube-state-metrics tells of containers; {@link #ofPods} is still to follow.
   */
  public static Expr ofContainers(Selection selection, String metric, Matcher... more) {
    return seen(selection, metric, containers(selection, more));
  }

  /** As above, of what hardly ever changes: it outlives kube-state-metrics for an hour. */
  public static Expr known(Selection selection, String metric, Matcher... more) {
    return remembered(Expr.series(metric, containers(selection, more)), CONTAINER);
  }

  /**
   * The series that there are, and for an hour those that nobody tells of any more. Not both: a pod
   * that is made anew under its name, as of a StatefulSet, counts as it is now.
   *
   * @param series of one metric; kube-state-metrics tells the old pod and the new one apart by uid
   * @param target the labels that tell what it is about
   */
  public static Expr remembered(Expr series, List<String> target) {
    return series.or(target, series.over("last_over_time", REMEMBERED));
  }

  /**
   * These amounts without those that none can be: NaN, infinity, what is below nought or beyond all
   * sense. Where targets are put together one that tells such a thing must not speak for the rest.
   */
  public static Expr sensible(Expr amounts) {
    return amounts.compare(">=", 0).compare("<", BEYOND_SENSE);
  }

  /** What is told of containers, of pods that have not ended: these use nothing any more. */
  public static Expr notEnded(Selection selection, Expr containers) {
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(new Matcher("phase", Matcher.Op.RE, "Failed|Succeeded"));
    selection.ofPods().stream().filter(m -> POD.contains(m.label())).forEach(matchers::add);
    Expr ended = Expr.series(SourceMetrics.POD_PHASE, matchers).by("max", POD).compare("==", 1);
    return containers.unless(POD, ended);
  }

  /** The matchers for series of containers. */
  public static List<Matcher> containers(Selection selection, Matcher... more) {
    List<Matcher> matchers = new ArrayList<>(List.of(more));
    if (selection.ofPods().stream().noneMatch(m -> m.label().equals("container"))) {
      // cAdvisor also tells of the pod as a whole, and of the container that holds its network
      matchers.add(Matcher.notEqual("container", ""));
      matchers.add(Matcher.notEqual("container", "POD"));
    }
    matchers.addAll(selection.ofPods());
    return matchers;
  }

  /** The same series, but only of targets that {@code go_info} gives to the service. */
  public static Expr ofService(Selection selection, Expr expr) {
    return selection.joinOn().isEmpty()
        ? expr
        : expr.and(selection.joinOn(), members(selection.joined()));
  }

  /** The same series, but only of pods that {@code go_info} gives to the service. */
  public static Expr ofPods(Selection selection, Expr expr) {
    return asked(selection).isEmpty() ? expr : expr.and(POD, members(asked(selection)));
  }

  /**
   * As above, and of pods that Prometheus knows and that never answered it: what dies before its
   * first scrape exposes no {@code go_info}.
   */
  public static Expr ofPodsAnsweringOrNot(Selection selection, Expr expr) {
    List<Matcher> pods = asked(selection);
    return pods.isEmpty()
        ? expr
        : expr.and(
            POD,
            members(pods)
                .or(POD, Expr.series(SourceMetrics.UP, pods).over("last_over_time", REMEMBERED)));
  }

  /** What is asked of the pods of a service; empty where their series say it themselves. */
  private static List<Matcher> asked(Selection selection) {
    if (selection.scope() != Scope.JOBS) {
      return selection.joined();
    }
    List<Matcher> pods = new ArrayList<>(selection.members());
    pods.add(Matcher.notEqual("pod", ""));
    return pods;
  }

  private static Expr members(List<Matcher> matchers) {
    return Expr.series(SourceMetrics.GO_INFO, matchers).over("last_over_time", REMEMBERED);
  }

  /** A process in words. */
  public static Template name(Selection selection) {
    return selection.scope() == Scope.EITHER ? nameOfEither(selection) : name(selection.identity());
  }

  /** A container in words. */
  public static Template nameOfPod(Selection selection) {
    return name(
        selection.scope() == Scope.PODS
            ? selection.identity()
            : CONTAINER.subList(1, CONTAINER.size()));
  }

  /** A target in words that may be a process or a container. */
  public static Template nameOfEither(Selection selection) {
    if (selection.scope() == Scope.PODS) {
      return name(selection.identity());
    }
    Template name = Template.of("Target");
    CONTAINER.subList(1, CONTAINER.size()).forEach(name::labelIfAny);
    PROCESS.forEach(name::labelIfAny);
    return name;
  }

  private static Template name(List<String> labels) {
    Template name = Template.of("");
    String separator = "";
    for (String label : labels) {
      name.text(separator + label + " ").label(label);
      separator = ", ";
    }
    return name;
  }

  /** Refuses a selector by workload where only the exporter knows it. */
  public static void refuseWorkload(Selection selection, Alert alert, Parameters with) {
    if (selection.all().stream().anyMatch(m -> m.label().equals(MetricNames.LABEL_WORKLOAD))) {
      with.refuse(
          alert.place(),
          alert.use().map(use -> use.value() + " ").orElse("")
              + "cannot select by workload, which only the exporter knows: name the namespace and"
              + " pod, or the job");
    }
  }
}
