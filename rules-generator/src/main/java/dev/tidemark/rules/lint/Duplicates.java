package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rules that make the same alerts or write the same series. */
final class Duplicates {
  static final String ID = "duplicate";

  private Duplicates() {}

  /** Alerts of the same expression and labels, whatever space is between. */
  private record Same(String name, SortedMap<String, String> labels, Optional<Expr> expr) {}

  static List<Finding> among(List<FoundRule> rules) {
    List<Finding> findings = new ArrayList<>();
    Map<Same, FoundRule> seen = new HashMap<>();
    for (FoundRule rule : rules) {
      Optional<Expr> expr = Lint.expr(rule);
      if (expr.isEmpty()) {
        continue;
      }
      FoundRule first = seen.putIfAbsent(same(rule, expr), rule);
      if (first != null) {
        findings.add(
            new Finding(
                ID,
                Level.WARNING,
                rule.place(),
                0,
                rule.name().value(),
                (rule.isAlert() ? "the same alert" : "the same series is recorded")
                    + " already at "
                    + first.place(),
                "one of them"));
      }
    }
    return findings;
  }

  private static Same same(FoundRule rule, Optional<Expr> expr) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, Placed<String>> label : rule.labels().entrySet()) {
      labels.put(label.getKey(), label.getValue().value());
    }
    return new Same(rule.kind() + " " + rule.name().value(), labels, expr);
  }
}
