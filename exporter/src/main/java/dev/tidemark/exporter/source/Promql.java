package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the queries. They are answered alike by Prometheus 2.42 to 3.5 and VictoriaMetrics, which
 * rules out the parameter {@code lookback_delta} (2.42 passes over it) and @-modifiers.
 */
final class Promql {
  private static final String POD_GROUPING = "cluster, namespace, pod, container";
  static final String PROCESS_START = "process_start_time_seconds";
  static final String CONTAINER_START =
      "container_start_time_seconds{container!=\"\",container!=\"POD\"}";

  /** What makes a pod one. */
  static final Set<String> POD = Set.of("cluster", "namespace", "pod");

  /** Metrics that tell of more than the targets. */
  private static final Pattern OF_OTHERS = Pattern.compile("\\b(container|kube|kubelet|node)_");

  private final String grouping;
  private final long step;
  private final List<Selector> match;
  private final boolean matchIsDefault;

  /**
   * @param match which targets; empty means every Go process
   * @param moreLabels labels a row keeps beside those of its target
   */
  Promql(Grid grid, List<Selector> match, List<String> moreLabels) {
    Set<String> labels = new LinkedHashSet<>(List.of(TargetKey.GROUPING.split(", ")));
    labels.addAll(moreLabels);
    this.grouping = String.join(", ", labels);
    this.step = grid.step();
    this.match = match.isEmpty() ? List.of(Selector.everyGoProcess()) : List.copyOf(match);
    this.matchIsDefault = match.isEmpty();
  }

  /**
   * The signal where it is fresh. A sample is fresh in the first slot at or after it. It counts
   * once more when it is at most a tenth of an interval too old and the target is scraped often
   * enough: scrapes that jitter around a slot would lose every second slot otherwise.
   */
  String fresh(Signal signal) {
    String by = keepsTarget(signal) ? grouping : POD_GROUPING;
    // a comment at the end of a user's expression must not take the bracket with it
    String end = signal.expr().contains("#") ? "\n)" : ")";
    String expr = "(" + widened(signal.expr()) + end;
    if (!matchIsDefault || clocks(signal).stream().anyMatch(c -> !c.isOfTarget())) {
      expr = ofMatchedPods(expr);
    }
    if (clocks(signal).isEmpty()) {
      return expr;
    }
    String fresh =
        clocks(signal).stream()
            .map(clock -> "max by (%s) (%s)".formatted(by, fresh(clock.metric())))
            .collect(Collectors.joining(" or "));
    return expr + " and on (%s) (%s)".formatted(by, fresh);
  }

  /**
   * Range functions, for timestamp() costs Prometheus 2.42 fourteen times as much. A millisecond
   * less than the interval, for before 3.0 a range holds both its ends.
   */
  private String fresh(String metric) {
    return withinSlot(metric)
        + " or "
        + withinSlotAndTenth(metric)
        + " and "
        + withinTwoSlots(metric)
        + " > 1";
  }

  /**
   * The signal as it is evaluated here; empty where only the server can. Series may be narrowed by
   * labels that make a target only, all of them alike: others would bear on what is fresh.
   */
  Optional<Plain> plain(Signal signal) {
    List<Formula> ways = matchIsDefault ? FormulaParser.ways(signal.expr()) : List.of();
    List<Formula.Metric> metrics = ways.stream().flatMap(w -> w.metrics().stream()).toList();
    List<Need> needs = clocks(signal);
    List<Formula.Metric> clocks =
        needs.stream()
            .flatMap(need -> metrics.stream().filter(m -> m.name().equals(need.metric())).limit(1))
            .toList();
    if (clocks.isEmpty()
        || clocks.size() < needs.size()
        || metrics.stream().map(Formula.Metric::matchers).distinct().count() > 1
        || !metrics.get(0).matchers().stream().allMatch(m -> labels().contains(m.label()))) {
      return Optional.empty();
    }
    return Optional.of(new Plain(ways, clocks, needs.stream().allMatch(Need::isOfTarget)));
  }

  /** The length of a slot in milliseconds. */
  long step() {
    return step;
  }

  /** The labels a row keeps. */
  Set<String> labels() {
    return Set.of(grouping.split(", "));
  }

  /** The targets to judge, where one selector says them all. */
  Optional<String> plainTargets() {
    return match.size() == 1 ? Optional.of(match.get(0).text()) : Optional.empty();
  }

  /** The parts of what makes a sample fresh. */
  String withinSlot(String metric) {
    return "count_over_time(%s[%dms])".formatted(metric, step - 1);
  }

  String withinSlotAndTenth(String metric) {
    return "count_over_time(%s[%dms])".formatted(metric, step + step / 10);
  }

  String withinTwoSlots(String metric) {
    return "count_over_time(%s[%dms])".formatted(metric, step * 5 / 2);
  }

  /** The judged targets that expose a metric, of a histogram by one bucket; or whether any does. */
  String exposing(Need need) {
    String metric = need.metric() + "{le=~\"|[+]Inf\"}";
    return need.clock()
        ? "group by (%s) (%s)".formatted(grouping, ofMatchedPods(metric))
        : "group (%s)".formatted(metric);
  }

  /** Where the signal's targets die, one row a target; the smallest counts. */
  String limit(String expr) {
    return widened(expr);
  }

  /**
   * A fact of the targets' pods; of targets without a pod, all rows. What every Go process tells
   * itself is not narrowed to Go processes, which would cost half as much again.
   */
  String lookup(String expr) {
    if (matchIsDefault && !OF_OTHERS.matcher(expr).find()) {
      return widened(expr);
    }
    return ofMatchedPods("(" + widened(expr) + ")");
  }

  /** The targets to judge. */
  String targets() {
    return "group by (%s) (%s)".formatted(grouping, matched(""));
  }

  /** What makes a series that of a target, for people. */
  String match() {
    return matched("");
  }

  /** The targets that were not there a slot before. */
  String targetsThatCame() {
    return "group by (%s) (%s)".formatted(grouping, cameSince(matched("")));
  }

  String processStart() {
    return newest(PROCESS_START);
  }

  String processStartThatChanged() {
    return newest(changed(PROCESS_START));
  }

  String containerStart() {
    return newest(ofMatchedPods(CONTAINER_START));
  }

  String containerStartThatChanged() {
    return newest(ofMatchedPods(changed(CONTAINER_START)));
  }

  private String cameSince(String now) {
    return "(" + now + ") unless (" + matched(before()) + ")";
  }

  private String changed(String metric) {
    return "(%1$s unless (%1$s == %1$s%2$s))".formatted(metric, before());
  }

  private String ofMatchedPods(String expr) {
    return expr + " and on (cluster, namespace, pod) (" + matched("") + ")";
  }

  private String newest(String expr) {
    return "max by (%s) (%s)".formatted(grouping, expr);
  }

  private String before() {
    return " offset " + step + "ms";
  }

  private String matched(String offset) {
    return match.stream().map(s -> s.text() + offset).collect(Collectors.joining(" or "));
  }

  private String widened(String expr) {
    return expr.replace(TargetKey.GROUPING, grouping);
  }

  private static boolean keepsTarget(Signal signal) {
    return signal.expr().contains(TargetKey.GROUPING);
  }

  /**
   * The metrics whose time is that of the signal. Of each exporter that a way of the signal begins
   * with: one that is always there, and any that are there on request only.
   */
  private static List<Need> clocks(Signal signal) {
    Map<String, List<Need>> byExporter = new LinkedHashMap<>();
    for (Need need : begins(signal)) {
      List<Need> clocks = byExporter.computeIfAbsent(need.from(), from -> new ArrayList<>());
      if (!clocks.contains(need) && (need.optIn() || clocks.stream().allMatch(Need::optIn))) {
        clocks.add(need);
      }
    }
    return byExporter.values().stream().flatMap(List::stream).toList();
  }

  /** What each way of a signal begins with; of a user's own, what its first exporter brings. */
  private static List<Need> begins(Signal signal) {
    if (signal.ways().isEmpty()) {
      return signal.needs().stream()
          .filter(n -> n.from().equals(signal.needs().get(0).from()) && n.clock())
          .filter(n -> Pattern.compile("\\b" + n.metric() + "\\b").matcher(signal.expr()).find())
          .toList();
    }
    return signal.ways().stream()
        .flatMap(
            way ->
                way.of().stream()
                    .flatMap(m -> signal.need(m).stream())
                    .filter(Need::clock)
                    .limit(1))
        .toList();
  }
}
