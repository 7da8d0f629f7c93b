package dev.tidemark.webhook.playbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code result < 5000}: what a query's value must be. */
public record Condition(String op, double bound) {
  private static final Pattern SYNTAX =
      Pattern.compile("\\s*result\\s*(<=|>=|==|!=|<|>)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*");

  /** IllegalArgumentException says what would be right. */
  public static Condition parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (parts.matches()) {
      try {
        return new Condition(String.valueOf(parts.group(1)), Double.parseDouble(parts.group(2)));
      } catch (NumberFormatException e) {
        // one message for all that is no condition
      }
    }
    throw new IllegalArgumentException(
        "needs a condition such as 'result < 5000' (operators < <= > >= == !=)");
  }

  /** False for NaN, whatever the operator. */
  public boolean holds(double value) {
    if (Double.isNaN(value)) {
      return false;
    }
    return switch (op) {
      case "<" -> value < bound;
      case "<=" -> value <= bound;
      case ">" -> value > bound;
      case ">=" -> value >= bound;
      case "==" -> value == bound;
      case "!=" -> value != bound;
      default -> throw new IllegalStateException("no operator " + op);
    };
  }

  @Override
  public String toString() {
    return "result " + op + " " + number(bound);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
