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

  /** Of a range, and a day before it; unknown where the source refuses or leaves out some. */
  static MetricNames of(Answers answers, Slots range) throws PrometheusException {
    Instant first = Instant.ofEpochMilli(range.first());
    try {
      return new MetricNames(
          new HashSet<>(answers.metricNames(first.minus(REACH), Instant.ofEpochMilli(range.last())))
              ::contains);
    } catch (PartialAnswerException e) {
      return UNKNOWN;
    } catch (PrometheusException e) {
      return switch (e.reason()) {
        case STATUS, QUERY, AUTH, NOT_JSON, TOO_LARGE -> UNKNOWN;
        default -> throw e;
      };
    }
  }

  /** Whether an expression may have an answer in the range. */
  boolean canAnswer(String expr) {
    try {
      Expr parsed = PromQlParser.parse(expr);
      return parsed.all().anyMatch(MetricNames::looksFar) || MetricFlow.canAnswer(parsed, isThere);
    } catch (ParseException e) {
      // newer than what we read; the source knows
      return true;
    }
  }

  private static boolean looksFar(Expr expr) {
    if (expr instanceof MatrixSelector matrix) {
      return looksFar(matrix.range(), matrix.selector().modifiers());
    }
    if (expr instanceof Subquery subquery) {
      return looksFar(subquery.range(), subquery.modifiers());
    }
    return expr instanceof VectorSelector selector && looksFar(Duration.ZERO, selector.modifiers());
  }

  private static boolean looksFar(Duration range, Modifiers modifiers) {
    return !modifiers.equals(Modifiers.NONE) || range.compareTo(REACH) > 0;
  }
}
