package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What expressions over a service's targets have in common. */
public final class Targets {
  /** How long a target that was not scraped still belongs to its service. */
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private Targets() {}

  /** The labels an alert over the exporter's series keeps; replicas are aggregated away. */
  public static List<String> groupingWithWorkload(Selection selection) {
    List<String> by = grouping(selection);
    by.add(MetricNames.LABEL_WORKLOAD);
    return by;
  }

  /** The labels an alert over others' series keeps. */
  public static List<String> grouping(Selection selection) {
    List<String> by = new ArrayList<>(List.of("cluster"));
    by.addAll(selection.identity());
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

  /** The same series, but only of targets that {@code go_info} gives to the service. */
  public static Expr ofService(Selection selection, Expr expr) {
    if (selection.joinOn().isEmpty()) {
      return expr;
    }
    Expr members =
        Expr.series(SourceMetrics.GO_INFO, selection.joined()).over("last_over_time", REMEMBERED);
    return expr.and(selection.joinOn(), members);
  }

  /** The target in words. */
  public static Template name(Selection selection) {
    Template name = Template.of("");
    String separator = "";
    for (String label : selection.identity()) {
      name.text(separator + label + " ").label(label);
      separator = ", ";
    }
    return name;
  }
}
