package dev.tidemark.rules.rule;

import dev.tidemark.promql.flow.LabelFlow;
import dev.tidemark.promql.flow.LabelSets;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Service;

/**
 * Warns of an alert's own labels that hide what its series are told apart by: where two fire that
 * differ in nothing else, Prometheus fails the rule and tells nobody of either.
 */
final class MergedSeries {
  private final Complaints complaints;

  MergedSeries(Complaints complaints) {
    this.complaints = complaints;
  }

  void check(Service service, Alert alert, Expr expr) {
    if (alert.labels().isEmpty()) {
      return;
    }
    LabelSets flow = LabelFlow.of(expr.node());
    alert
        .labels()
        .forEach(
            (label, value) -> {
              // of an open set nobody knows what tells its series apart
              if (!flow.open()
                  && flow.presence(label) != LabelSets.Presence.NEVER
                  && !service.selection().labels().containsKey(label)
                  && !isPicked(expr, label)) {
                complaints.warn(
                    value,
                    "labels: "
                        + label
                        + " replaces the one of the series: where two fire that differ in it alone,"
                        + " Prometheus fails the rule over duplicate labels; pick one in the"
                        + " selector, or leave it to external_labels");
              }
            });
  }

  /** Whether the expression itself asks for one value. */
  private static boolean isPicked(Expr expr, String label) {
    boolean[] picked = {false};
    expr.node()
        .forEachSelector(
            selector ->
                picked[0] |=
                    selector.matchers().stream()
                        .anyMatch(m -> m.label().equals(label) && m.op() == Matcher.Op.EQ));
    return picked[0];
  }
}
