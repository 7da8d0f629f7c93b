package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.rules.found.FoundRule;
import java.util.List;

/** A rule whose expression is PromQL. */
record Read(FoundRule rule, Parsed parsed) {
  /** Every selector, in the order of the text. */
  List<VectorSelector> selectors() {
    return parsed
        .expr()
        .all()
        .filter(VectorSelector.class::isInstance)
        .map(VectorSelector.class::cast)
        .toList();
  }
}
