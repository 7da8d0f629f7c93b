package dev.tidemark.rules.lint;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** An alert that waits longer than the event it looks for stays in its window. */
final class ForTooLong implements Check {
  private static final Set<String> OF_EVENTS = Set.of("changes", "resets", "increase", "delta");

  @Override
  public String id() {
    return "for-too-long";
  }

  @Override
  public void look(Subject rule, Report report) {
    Duration wait = rule.forDuration();
    if (wait.isZero()) {
      return;
    }
    event(rule.expr())
        .filter(call -> Functions.range(call).isPresent())
        .filter(call -> Functions.length(Functions.range(call).orElseThrow()).compareTo(wait) <= 0)
        .ifPresent(
            call -> {
              String window =
                  PromDuration.format(Functions.length(Functions.range(call).orElseThrow()));
              report.add(
                  Level.WARNING,
                  call,
                  "one event is seen for "
                      + window
                      + " only, and the alert waits "
                      + PromDuration.format(wait)
                      + ": it fires only when events follow one another that long",
                  "for below " + window + ", or none with keep_firing_for");
            });
  }

  /** The function of an alert that is true of a single event: {@code changes(x[5m]) > 0}. */
  private static Optional<Call> event(Expr expr) {
    return expr instanceof Binary b
            && isAny(b)
            && b.left() instanceof Call call
            && OF_EVENTS.contains(call.function().name())
        ? Optional.of(call)
        : Optional.empty();
  }

  private static boolean isAny(Binary b) {
    if (!(b.right() instanceof NumberLiteral bound)) {
      return false;
    }
    return (b.op() == BinaryOp.GREATER && bound.value() >= 0 && bound.value() < 1)
        || (b.op() == BinaryOp.GREATER_OR_EQ && bound.value() > 0 && bound.value() <= 1)
        || (b.op() == BinaryOp.NOT_EQ && bound.value() == 0)
        || (b.op() == BinaryOp.EQ && bound.value() == 1);
  }
}
