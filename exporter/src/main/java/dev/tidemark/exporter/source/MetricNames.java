package dev.tidemark.exporter.source;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.MetricFlow;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which metrics a source has. To list them costs it next to nothing, while to find that an
 * expression brings nothing can cost as much as the answer would: of a fact that nobody tells, the
 * pods it is asked for are looked up nevertheless, all of them.
 */
final class MetricNames {
  /** Of a source that does not say: anything may be there. */
  static final MetricNames UNKNOWN = new MetricNames(name -> true);

  /** An expression that looks further back is asked. */
  private static final Duration REACH = Duration.ofDays(1);

  private final Predicate<String> isThere;

  private MetricNames(Predicate<String> isThere) {
    this.isThere = isThere;
  }

  /**
   * Of a range, and a day before it; unknown where the source refuses, does not say in time, leaves
   * out some or says that it has none. What it cannot list it may be able to answer.
   */
  static MetricNames of(Answers answers, Slots range) throws PrometheusException {
    Instant first = Instant.ofEpochMilli(range.first());
    try {
      Set<String> names =
          new HashSet<>(
              answers.metricNames(first.minus(REACH), Instant.ofEpochMilli(range.last())));
      return names.isEmpty() ? UNKNOWN : new MetricNames(names::contains);
    } catch (PartialAnswerException e) {
      return UNKNOWN;
    } catch (PrometheusException e) {
      return switch (e.reason()) {
        case BREAKER_OPEN, BUSY, INTERRUPTED -> throw e;
        default -> UNKNOWN;
      };
    }
  }

  /** Whether an expression may have an answer in the range. */
  boolean canAnswer(String expr) {
    try {
      Expr parsed = PromQlParser.parse(expr);
      return looksFar(parsed, Duration.ZERO) || MetricFlow.canAnswer(parsed, isThere);
    } catch (ParseException e) {
      // newer than what we read; the source knows
      return true;
    }
  }

  /**
   * @param back how far what is around it looks back already
   */
  private static boolean looksFar(Expr expr, Duration back) {
    Duration reach = back;
    Modifiers modifiers = Modifiers.NONE;
    if (expr instanceof MatrixSelector matrix) {
      reach = back.plus(matrix.range());
    } else if (expr instanceof Subquery subquery) {
      reach = back.plus(subquery.range());
      modifiers = subquery.modifiers();
    } else if (expr instanceof VectorSelector selector) {
      modifiers = selector.modifiers();
    }
    if (!modifiers.equals(Modifiers.NONE) || reach.compareTo(REACH) > 0) {
      return true;
    }
    for (Expr part : expr.parts()) {
      if (looksFar(part, reach)) {
        return true;
      }
    }
    return false;
  }
}
