package dev.tidemark.rules.explain;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An expression in plain words, a thought a line, what it is made of two columns further in. */
public final class Words {
  private static final String STEP = "  ";

  private static final Map<String, String> OF_RANGES =
      Map.ofEntries(
          Map.entry("rate", "how much a second %s rose, over %s"),
          Map.entry("irate", "how much a second %s rose at the last two samples within %s"),
          Map.entry("increase", "by how much %s rose in %s"),
          Map.entry("deriv", "the slope a second of %s, a line fitted through %s"),
          Map.entry("delta", "how far the last value of %s is from the first in %s"),
          Map.entry("idelta", "the last step of %s within %s"),
          Map.entry("changes", "how often %s changed in %s"),
          Map.entry("resets", "how often %s fell in %s"),
          Map.entry("max_over_time", "the highest value of %s in %s"),
          Map.entry("min_over_time", "the lowest value of %s in %s"),
          Map.entry("avg_over_time", "the average of %s over %s"),
          Map.entry("sum_over_time", "the sum of all values of %s in %s"),
          Map.entry("count_over_time", "how many samples of %s there were in %s"),
          Map.entry("last_over_time", "the last value of %s that is at most %s old"),
          Map.entry("present_over_time", "1 where %s had a sample in %s"),
          Map.entry("absent_over_time", "1 when %s had no sample at all in %s"),
          Map.entry("stddev_over_time", "how widely %s spread in %s"),
          Map.entry("quantile_over_time", "the quantile %3$s of %1$s over %2$s"),
          Map.entry(
              "predict_linear",
              "where %1$s will be in %3$s seconds if it goes on as in the last %2$s"));

  private static final Map<String, String> OF_ONE =
      Map.ofEntries(
          Map.entry("absent", "1 when this is nowhere to be found:"),
          Map.entry("abs", "without its sign:"),
          Map.entry("timestamp", "the time of the sample of:"),
          Map.entry("histogram_quantile", "the quantile %s, estimated from the buckets of:"),
          Map.entry("scalar", "the one value of:"),
          Map.entry("vector", "as a series without labels:"));

  private final List<String> lines = new ArrayList<>();

  private Words() {}

  public static List<String> of(Expr expr) {
    Words words = new Words();
    words.tell(expr, "", "");
    return List.copyOf(words.lines);
  }

  /**
   * @param lead what stands before the first line
   */
  private void tell(Expr expr, String indent, String lead) {
    if (expr instanceof Binary b) {
      binary(b, indent, lead);
    } else if (expr instanceof Aggregation a) {
      line(indent, lead + aggregation(a) + ":");
      tell(a.expr(), indent + STEP, "");
    } else if (expr instanceof Call call) {
      call(call, indent, lead);
    } else if (expr instanceof Unary unary && unary.negative()) {
      line(indent, lead + "with the other sign:");
      tell(unary.expr(), indent + STEP, "");
    } else if (expr instanceof Unary unary) {
      tell(unary.expr(), indent, lead);
    } else {
      line(indent, lead + value(expr));
    }
  }

  private void binary(Binary b, String indent, String lead) {
    if (isShort(b.right()) && !b.op().isSet()) {
      tell(b.left(), indent, lead);
      line(
          indent,
          between(b)
              + " "
              + value(b.right())
              + joined(b.matching())
              + (b.bool() ? " (1 if so, else 0)" : ""));
      return;
    }
    tell(b.left(), indent, lead);
    line(indent, between(b) + matched(b.matching()) + (b.op() == BinaryOp.OR ? ":" : ""));
    tell(b.right(), indent + STEP, "");
  }

  private static String between(Binary b) {
    return switch (b.op()) {
      case AND -> "and only where there also is";
      case UNLESS -> "but not where there is";
      case OR -> "or, where that gives nothing";
      case EQ -> "is equal to";
      case NOT_EQ -> "is not equal to";
      case LESS -> "is below";
      case LESS_OR_EQ -> "is at most";
      case GREATER -> "is above";
      case GREATER_OR_EQ -> "is at least";
      case ADD -> "plus";
      case SUBTRACT -> "minus";
      case MULTIPLY -> "times";
      case DIVIDE -> "divided by";
      default -> b.op().sign();
    };
  }

  /** Nothing where all labels are compared, one to one. */
  private static String joined(Matching matching) {
    return matching.equals(Matching.ALL) ? "" : matched(matching);
  }

  private static String matched(Matching matching) {
    String labels = String.join(", ", matching.labels());
    String same =
        matching.on()
            ? labels.isEmpty() ? ", whatever the labels" : ", of the same " + labels
            : labels.isEmpty() ? ", of the same labels" : ", of the same labels but for " + labels;
    return same
        + switch (matching.group()) {
          case ONE_TO_ONE -> "";
          case LEFT -> ", one for many" + taken(matching);
          case RIGHT -> ", many for one" + taken(matching);
        };
  }

  private static String taken(Matching matching) {
    String labels = String.join(", ", matching.include());
    return labels.isEmpty() ? "" : " who take its " + labels;
  }

  private static String aggregation(Aggregation a) {
    String of =
        switch (a.op()) {
          case SUM -> "the sum";
          case AVG -> "the average";
          case COUNT -> "how many there are";
          case MIN -> "the smallest";
          case MAX -> "the largest";
          case GROUP -> "1";
          case TOPK -> "the " + a.parameter() + " largest";
          case BOTTOMK -> "the " + a.parameter() + " smallest";
          case QUANTILE -> "the quantile " + a.parameter();
          default -> a.op().word();
        };
    String labels = String.join(", ", a.labels());
    if (a.without()) {
      return of + " of all that differ in " + labels + " only";
    }
    return labels.isEmpty() ? of + " of all" : of + " for each " + labels;
  }

  private void call(Call call, String indent, String lead) {
    String name = call.function().name();
    List<Expr> ranges =
        call.arguments().stream().filter(a -> a.type() == ValueType.MATRIX).toList();
    if (!ranges.isEmpty()) {
      ranged(call, ranges.get(0), indent, lead);
    } else if (call.arguments().isEmpty()) {
      line(indent, lead + (name.equals("time") ? "the present time" : call.toString()));
    } else {
      List<Expr> vectors =
          call.arguments().stream().filter(a -> a.type() == ValueType.VECTOR).toList();
      List<Expr> others =
          vectors.isEmpty()
              ? List.of()
              : call.arguments().stream().filter(a -> !vectors.contains(a)).toList();
      String with = others.isEmpty() ? name : name + " with " + values(others);
      line(indent, lead + OF_ONE.getOrDefault(name, with + " of:").formatted(values(others)));
      (vectors.isEmpty() ? call.arguments() : vectors)
          .forEach(argument -> tell(argument, indent + STEP, ""));
    }
  }

  private void ranged(Call call, Expr range, String indent, String lead) {
    String others = values(call.arguments().stream().filter(a -> a != range).toList());
    String name = call.function().name();
    String phrase =
        OF_RANGES.getOrDefault(
            name,
            others.isEmpty() ? name + " of %s over %s" : name + " with %3$s of %1$s over %2$s");
    if (range instanceof MatrixSelector matrix) {
      line(
          indent,
          lead
              + phrase.formatted(
                  series(matrix.selector()), PromDuration.format(matrix.range()), others));
    } else if (range instanceof Subquery subquery) {
      String step =
          subquery.step() == null
              ? ""
              : ", looked at every " + PromDuration.format(subquery.step());
      line(
          indent,
          lead
              + phrase.formatted("this", PromDuration.format(subquery.range()), others)
              + step
              + moved(subquery.modifiers())
              + ":");
      tell(subquery.expr(), indent + STEP, "");
    }
  }

  private static String value(Expr expr) {
    if (expr instanceof VectorSelector selector) {
      return series(selector);
    }
    if (expr instanceof NumberLiteral number) {
      return number.spelling() == null ? number.toString() : number.spelling();
    }
    return expr instanceof StringLiteral text ? text.toString() : expr.toString();
  }

  private static String values(List<Expr> arguments) {
    return arguments.stream().map(Words::value).collect(Collectors.joining(", "));
  }

  private static String series(VectorSelector selector) {
    return selector.with(Modifiers.NONE) + moved(selector.modifiers());
  }

  private static String moved(Modifiers modifiers) {
    Duration offset = modifiers.offset();
    String at = modifiers.at() == null ? "" : " at the time " + modifiers.at();
    if (offset.isZero()) {
      return at;
    }
    return at
        + (offset.isNegative()
            ? " as it will be in " + PromDuration.format(offset.abs())
            : " as it was " + PromDuration.format(offset) + " ago");
  }

  private static boolean isShort(Expr expr) {
    return expr instanceof NumberLiteral || expr instanceof VectorSelector;
  }

  private void line(String indent, String text) {
    lines.add(indent + text);
  }
}
