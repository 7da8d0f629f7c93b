package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.List;

/** Where series come from. */
public interface Leaves {
  /** Whether a selector finds what is held; else a server is asked. */
  boolean isHeld(VectorSelector selector) throws PrometheusException;

  /** All that is held of the selector's name, whatever its matchers and modifiers say. */
  Held held(VectorSelector selector) throws PrometheusException;

  /** What a server says of an expression that reads nothing held. */
  List<Row> asked(Expr expr, Times times) throws PrometheusException;

  /** Asked before each series; throws where there is no time for another. */
  default void goOn() {}

  /** Whether a range leaves out what lies at its very begin, as from Prometheus 3 on. */
  boolean isLeftOpen() throws PrometheusException;
}
