package dev.tidemark.promql.ast;

import dev.tidemark.promql.type.Function;
import dev.tidemark.promql.type.Functions;
import dev.tidemark.promql.type.ValueType;
import java.util.List;
import java.util.function.UnaryOperator;

/** A function of some expressions. */
public record Call(Function function, List<Expr> arguments) implements Expr {

  /** The function whose second argument is matchers alone. */
  public static final String INFO = "info";

  public Call {
    arguments = List.copyOf(arguments);
    if (arguments.size() < function.least() || arguments.size() > function.most()) {
      throw new IllegalArgumentException(
          function.name() + " takes no " + arguments.size() + " arguments");
    }
    if (function.name().equals(INFO)
        && arguments.size() == 2
        && !(arguments.get(1) instanceof VectorSelector v && v.name().isEmpty())) {
      throw new IllegalArgumentException("the second argument of info is matchers alone");
    }
  }

  /**
   * @throws IllegalArgumentException when there is no such function, or not of so many arguments
   */
  public static Call of(String function, Expr... arguments) {
    return new Call(
        Functions.find(function)
            .orElseThrow(() -> new IllegalArgumentException("no function " + function)),
        List.of(arguments));
  }

  @Override
  public ValueType type() {
    return function.result();
  }

  @Override
  public List<Expr> parts() {
    return arguments;
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    Expr[] changed = new Expr[arguments.size()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = arguments.get(i).mapSelectors(change);
    }
    return new Call(function, List.of(changed));
  }

  @Override
  public void appendTo(StringBuilder text) {
    text.append(function.name()).append('(');
    for (int i = 0; i < arguments.size(); i++) {
      if (i > 0) {
        text.append(", ");
      }
      arguments.get(i).appendTo(text);
    }
    text.append(')');
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }
}
