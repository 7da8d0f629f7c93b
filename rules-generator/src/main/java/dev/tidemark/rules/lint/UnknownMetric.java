package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.rules.metric.KnownMetric;
import java.util.Optional;

/** A metric that no release exposes any more, or that is mistyped. */
final class UnknownMetric implements Check {
  @Override
  public String id() {
    return "unknown-metric";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(VectorSelector.class)
        .filter(selector -> !selector.name().isEmpty())
        .forEach(selector -> look(selector, rule, report));
  }

  private static void look(VectorSelector selector, Subject rule, Report report) {
    String name = selector.name();
    Optional<KnownMetric> known = rule.metrics().find(name);
    if (known.isPresent()) {
      known
          .get()
          .instead()
          .ifPresent(
              instead ->
                  report.add(
                      Level.WARNING,
                      selector,
                      known.get().from() + " exposes no " + name + " any more",
                      instead));
      return;
    }
    Optional<String> meant = rule.metrics().meant(name);
    if (meant.isPresent()) {
      report.add(Level.WARNING, selector, "no common exporter has " + name, meant.get());
    } else if (rule.metrics().isNoneOfOurs(name)) {
      report.add(
          Level.WARNING,
          selector,
          "Tidemark exposes no " + name,
          "one of docs/exporter-metrics.md");
    }
  }
}
