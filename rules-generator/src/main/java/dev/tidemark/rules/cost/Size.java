package dev.tidemark.rules.cost;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import java.util.OptionalLong;

/** Who knows how much there is: a server, or a guess from the size of the fleet. */
public interface Size {
  /** How many series a selector finds; its modifiers do not matter. */
  long series(VectorSelector selector);

  /** How many targets there are that a result can have one series of each. */
  long targets(VectorSelector selector);

  /** How many samples a server reads for an expression; empty where nobody counts them. */
  default OptionalLong samples(Expr expr) {
    return OptionalLong.empty();
  }
}
