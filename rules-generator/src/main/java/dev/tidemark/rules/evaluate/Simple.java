package dev.tidemark.rules.evaluate;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.NumberLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of each sample by itself. */
final class Simple {
  private Simple() {}

  static boolean takes(Call call) {
    int numbers =
        switch (call.function().name()) {
          case "abs", "ceil", "floor", "sqrt", "exp", "ln", "sgn" -> 0;
          case "clamp_min", "clamp_max" -> 1;
          case "clamp" -> 2;
          default -> -1;
        };
    return numbers == call.arguments().size() - 1
        && call.arguments().stream().skip(1).allMatch(NumberLiteral.class::isInstance);
  }

  static List<Row> of(Call call, List<Row> rows) {
    double[] numbers =
        call.arguments().stream()
            .skip(1)
            .mapToDouble(argument -> ((NumberLiteral) argument).value())
            .toArray();
    DoubleUnaryOperator function =
        switch (call.function().name()) {
          case "abs" -> Math::abs;
          case "ceil" -> Math::ceil;
          case "floor" -> Math::floor;
          case "sqrt" -> Math::sqrt;
          case "exp" -> Math::exp;
          case "ln" -> Math::log;
          case "sgn" -> Math::signum;
          case "clamp_min" -> value -> Math.max(value, numbers[0]);
          case "clamp_max" -> value -> Math.min(value, numbers[0]);
          case "clamp" -> value -> Math.max(numbers[0], Math.min(numbers[1], value));
          default -> throw new IllegalStateException("not taken: " + call);
        };
    boolean none = numbers.length == 2 && numbers[0] > numbers[1];
    return none ? List.of() : each(rows, function);
  }

  static List<Row> each(List<Row> rows, DoubleUnaryOperator function) {
    List<Row> results = new ArrayList<>();
    for (Row row : rows) {
      double[] values = row.values().clone();
      for (int i = 0; i < values.length; i++) {
        if (!Row.isAbsent(values[i])) {
          values[i] = function.applyAsDouble(values[i]);
        }
      }
      results.add(new Row(Evaluation.nameless(row.labels()), values));
    }
    return results;
  }
}
