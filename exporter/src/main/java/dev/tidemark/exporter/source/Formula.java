package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.LabelMatcher;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of an expression that is evaluated here. Nothing in it joins series of different labels,
 * so that it can be evaluated for the series of one label set at a time.
 */
sealed interface Formula {
  /** All of it, in their order. Nothing comes of it for labels that the first one does not have. */
  List<Metric> metrics();

  /** A selector. */
  record Metric(String name, List<LabelMatcher> matchers) implements Formula {
    public Metric {
      matchers = List.copyOf(matchers);
    }

    Metric(String name) {
      this(name, List.of());
    }

    @Override
    public List<Metric> metrics() {
      return List.of(this);
    }

    /** As PromQL. */
    String text() {
      return matchers.isEmpty()
          ? name
          : matchers.stream()
              .map(m -> m.label() + m.operator().text() + '"' + m.value() + '"')
              .collect(Collectors.joining(",", name + "{", "}"));
    }
  }

  /** A number. */
  record Constant(double value) implements Formula {
    @Override
    public List<Metric> metrics() {
      return List.of();
    }
  }

  /** One of + - * and /, of which at least one is no number. */
  record Arithmetic(Formula left, char operator, Formula right) implements Formula {
    @Override
    public List<Metric> metrics() {
      return joined(left, right);
    }

    double of(double a, double b) {
      return switch (operator) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        case '/' -> a / b;
        default -> throw new IllegalStateException("no operator: " + operator);
      };
    }
  }

  /** What compares so with a number. */
  record Filter(Formula of, String comparison, double bound) implements Formula {
    @Override
    public List<Metric> metrics() {
      return of.metrics();
    }

    boolean keeps(double value) {
      return switch (comparison) {
        case "<" -> value < bound;
        case "<=" -> value <= bound;
        case ">" -> value > bound;
        case ">=" -> value >= bound;
        case "==" -> value == bound;
        case "!=" -> value != bound;
        default -> throw new IllegalStateException("no comparison: " + comparison);
      };
    }
  }

  /** One where the other is not. */
  record Unless(Formula of, Formula other) implements Formula {
    @Override
    public List<Metric> metrics() {
      return joined(of, other);
    }
  }

  private static List<Metric> joined(Formula one, Formula other) {
    return Stream.of(one, other).flatMap(f -> f.metrics().stream()).toList();
  }
}
