package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;

/**
 * A query of a panel.
 *
 * @param legend what its series are called, with {@code {{label}}}
 * @param unit of Grafana's list; empty: the panel's
 * @param needs what has to be switched on before it has data; empty where nothing has
 */
record Target(Query query, String legend, Style style, String unit, String needs) {
  static Target of(String legend, Expr expr) {
    return new Target(new Query(expr), legend, Style.LINE, "", "");
  }

  Target as(Style other) {
    return new Target(query, legend, other, unit, needs);
  }

  /** This, and where it has no data the other. */
  Target or(Target other) {
    return new Target(new Query(query.expr().or(other.query.expr())), legend, style, unit, needs);
  }

  /** On the right axis, in a unit of its own. */
  Target right(String unit) {
    return new Target(query, legend, Style.RIGHT, unit, needs);
  }

  Target needs(String what) {
    return new Target(query, legend, style, unit, what);
  }
}
