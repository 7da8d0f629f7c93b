package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.rules.lint.Finding.Level;

/** The slope of a counter by a function that knows no restarts. */
final class DeltaOfCounter implements Check {
  @Override
  public String id() {
    return "delta-of-counter";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.all(Call.class)
        .filter(call -> Functions.OF_GAUGES.contains(call.function().name()))
        .forEach(
            call ->
                Functions.metric(call)
                    .filter(rule.metrics()::isCounter)
                    .ifPresent(
                        metric ->
                            report.add(
                                Level.WARNING,
                                call,
                                metric
                                    + " is a counter: "
                                    + call.function().name()
                                    + " takes a restart for a fall to zero",
                                (call.function().name().equals("delta") ? "increase(" : "rate(")
                                    + metric
                                    + "[…])")));
  }
}
