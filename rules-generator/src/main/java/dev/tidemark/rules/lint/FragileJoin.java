package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.rules.lint.Finding.Level;
import java.util.Optional;
import java.util.Set;

/** A join on series of which there are two while kube-state-metrics is rolled out. */
final class FragileJoin implements Check {
  private static final Set<String> OF_THE_SCRAPED = Set.of("instance", "pod_ip", "uid");

  @Override
  public String id() {
    return "fragile-join";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Binary.class)
        .filter(b -> !b.op().isSet())
        .filter(b -> b.left().type() == ValueType.VECTOR && b.right().type() == ValueType.VECTOR)
        .filter(b -> isJoin(b.matching()))
        .forEach(b -> look(b, report));
  }

  private static void look(Binary b, Report report) {
    Optional<VectorSelector> raw =
        switch (b.matching().group()) {
          case LEFT -> raw(b.right());
          case RIGHT -> raw(b.left());
          case ONE_TO_ONE -> raw(b.left()).or(() -> raw(b.right()));
        };
    raw.ifPresent(
        selector ->
            report.add(
                Level.WARNING,
                selector,
                "while two kube-state-metrics run there are two "
                    + selector.name()
                    + " of one object, the join fails (many-to-many), and the rule with it",
                "max by (…) (" + selector.name() + ") before the join"));
  }

  /** Whether labels of the scrape itself do not keep the two apart. */
  private static boolean isJoin(Matching matching) {
    boolean named = matching.on() || !matching.labels().isEmpty();
    return named
        && (matching.on()
            ? matching.labels().stream().noneMatch(OF_THE_SCRAPED::contains)
            : matching.labels().stream().anyMatch("instance"::equals));
  }

  /** A selector of kube-state-metrics that no aggregation makes one of. */
  private static Optional<VectorSelector> raw(Expr side) {
    if (side instanceof Aggregation a && !a.op().isPick()) {
      return Optional.empty();
    }
    if (side instanceof VectorSelector selector) {
      return selector.name().startsWith("kube_")
              && !selector.name().startsWith("kube_state_metrics_")
          ? Optional.of(selector)
          : Optional.empty();
    }
    return side.parts().stream().map(FragileJoin::raw).flatMap(Optional::stream).findFirst();
  }
}
