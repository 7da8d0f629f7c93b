package dev.tidemark.exporter.source;

import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.target.TargetKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the queries. They are answered alike by Prometheus 2.42 to 3.5 and VictoriaMetrics, which
 * rules out the parameter {@code lookback_delta} (2.42 passes over it) and @-modifiers.
 */
final class Promql {
  private static final String POD_GROUPING = "cluster, namespace, pod, container";
  private static final String WRITTEN_BY_TARGET_ITSELF = "client_golang";

  private final String grouping;
  private final double interval;
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
    this.interval = grid.step() / 1000.0;
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
    String expr = "(" + widened(signal.expr()) + ")";
    if (!matchIsDefault || clocks(signal).stream().anyMatch(c -> !isOwn(c))) {
      expr += " and on (cluster, namespace, pod) (" + matched("") + ")";
    }
    List<Need> clocks = clocks(signal);
    if (clocks.isEmpty()) {
      return expr;
    }
    String time = either(clocks, by, "timestamp(%s)");
    String count = either(clocks, by, "count_over_time(%s[" + millis(2.5) + "])");
    return expr
        + " unless on (%1$s) (%2$s <= time() - %3$s unless on (%1$s) (%2$s > time() - %4$s and on (%1$s) %5$s > 1))"
            .formatted(by, time, number(interval), number(1.1 * interval), count);
  }

  /** Where the signal's targets die, one row a target; the smallest counts. */
  String limit(String expr) {
    return widened(expr);
  }

  /** The targets to judge. */
  String targets() {
    return "group by (%s) (%s)".formatted(grouping, matched(""));
  }

  /** The targets that were not there a slot before. */
  String targetsThatCame() {
    return targets()
        + " unless group by (%s) (%s)".formatted(grouping, matched(" offset " + millis(1)));
  }

  String processStart() {
    return newest("process_start_time_seconds", "");
  }

  String processStartThatChanged() {
    return thatChanged("process_start_time_seconds");
  }

  String containerStart() {
    return newest("container_start_time_seconds{container!=\"\",container!=\"POD\"}", "")
        + " and on (cluster, namespace, pod) ("
        + matched("")
        + ")";
  }

  String containerStartThatChanged() {
    String changed =
        thatChanged("container_start_time_seconds{container!=\"\",container!=\"POD\"}");
    return "(" + changed + ") and on (cluster, namespace, pod) (" + matched("") + ")";
  }

  private String thatChanged(String metric) {
    String now = newest(metric, "");
    return now + " unless (" + now + " == " + newest(metric, " offset " + millis(1)) + ")";
  }

  private String newest(String metric, String offset) {
    return "max by (%s) (%s%s)".formatted(grouping, metric, offset);
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
   * The metrics whose time is that of the signal: of what its expression reads, those of the first
   * exporter it names. One that is always there, and any that are there on request only.
   */
  private static List<Need> clocks(Signal signal) {
    List<Need> read =
        signal.needs().stream()
            .filter(n -> n.from().equals(signal.needs().get(0).from()))
            .filter(n -> Pattern.compile("\\b" + n.metric() + "\\b").matcher(signal.expr()).find())
            .toList();
    List<Need> clocks = new ArrayList<>();
    read.stream().filter(n -> !n.optIn()).findFirst().ifPresent(clocks::add);
    read.stream().filter(Need::optIn).forEach(clocks::add);
    return clocks;
  }

  private static boolean isOwn(Need need) {
    return need.from().equals(WRITTEN_BY_TARGET_ITSELF);
  }

  private String either(List<Need> clocks, String by, String shape) {
    String joined =
        clocks.stream()
            .map(c -> "max by (%s) (%s)".formatted(by, shape.formatted(c.metric())))
            .collect(Collectors.joining(" or "));
    return clocks.size() == 1 ? joined : "(" + joined + ")";
  }

  /** So many intervals as a PromQL duration. */
  private String millis(double intervals) {
    return Math.round(intervals * interval * 1000) + "ms";
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
