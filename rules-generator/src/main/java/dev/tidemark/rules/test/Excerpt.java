package dev.tidemark.rules.test;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Some alerts of a service and the recordings they read. promtool evaluates all rules of a file at
 * each step of each group of tests, which is nearly all it does.
 */
final class Excerpt {
  /** Of fewer rules the service's own file is tested: there is little to be won. */
  private static final int SMALL = 10;

  private final ServiceRules all;

  Excerpt(ServiceRules all) {
    this.all = all;
  }

  /** Whether the service has so many rules that excerpts pay. */
  boolean isWorthwhile() {
    return all.rules().size() + all.recordings().size() > SMALL;
  }

  /** Empty where it would be nearly all, or where nobody can say what is read. */
  Optional<ServiceRules> of(Set<Rule> alerts) {
    if (!isWorthwhile() || readsAnything(alerts)) {
      return Optional.empty();
    }
    List<TestedRule> rules =
        all.rules().stream().filter(tested -> alerts.contains(tested.rule())).toList();
    List<Recording> read = recordings(alerts);
    int kept = rules.size() + read.size();
    return kept * 5 > (all.rules().size() + all.recordings().size()) * 4
        ? Optional.empty()
        : Optional.of(new ServiceRules(all.service(), read, rules));
  }

  boolean readsRecordings(Rule rule) {
    return !recordings(Set.of(rule)).isEmpty();
  }

  /** Whether any rule may be what is read: of a name that is matched, or of all alerts. */
  private boolean readsAnything(Set<Rule> alerts) {
    return Stream.concat(
            alerts.stream().map(alert -> alert.expr().node()),
            recordings(alerts).stream().map(recording -> recording.expr().node()))
        .flatMap(Expr::all)
        .filter(VectorSelector.class::isInstance)
        .map(selector -> ((VectorSelector) selector).name())
        .anyMatch(
            name -> name.isEmpty() || name.equals("ALERTS") || name.equals("ALERTS_FOR_STATE"));
  }

  /** In the order of the service's: each reads only what stands before it. */
  private List<Recording> recordings(Set<Rule> alerts) {
    Set<String> names = new HashSet<>();
    alerts.forEach(alert -> names(alert.expr().node(), names));
    List<Recording> read = new ArrayList<>();
    for (int i = all.recordings().size() - 1; i >= 0; i--) {
      Recording recording = all.recordings().get(i);
      if (names.contains(recording.record())) {
        names(recording.expr().node(), names);
        read.add(0, recording);
      }
    }
    return read;
  }

  private static void names(Expr expr, Set<String> names) {
    expr.forEachSelector(selector -> names.add(selector.name()));
  }
}
