package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;

/** What the kernel charges a target: a container's working set, or what a process has resident. */
final class Memory {
  private Memory() {}

  /** A row a target, with the labels {@link Chosen#TARGET}. */
  static Expr of(Chosen chosen) {
    Expr set = Expr.parse(Values.signal("working_set").expr());
    Expr resident = Expr.parse(Values.signal("rss").expr());
    if (!chosen.fleet().hasPods()) {
      return chosen.ofProcesses(resident).by("max", Chosen.TARGET);
    }
    Expr pods = chosen.ofPods(set).by("max", Chosen.TARGET);
    return chosen.fleet().hasProcesses()
        ? pods.or(chosen.ofProcesses(resident).by("max", Chosen.TARGET))
        : pods;
  }
}
