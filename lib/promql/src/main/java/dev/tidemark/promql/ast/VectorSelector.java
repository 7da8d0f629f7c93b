package dev.tidemark.promql.ast;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.PromQl;
import dev.tidemark.promql.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Series by name and labels.
 *
 * @param name of the metric; empty where only the matchers say
 * @param matchers without one of {@code __name__} where there is a name
 */
public record VectorSelector(String name, List<Matcher> matchers, Modifiers modifiers)
    implements Expr {
  private static final String NAME = "__name__";

  public VectorSelector {
    matchers = List.copyOf(matchers);
    if (!name.isEmpty()) {
      for (Matcher matcher : matchers) {
        if (matcher.label().equals(NAME)) {
          throw new IllegalArgumentException("the metric's name is set twice");
        }
      }
    }
  }

  public static VectorSelector of(String name, List<Matcher> matchers) {
    return new VectorSelector(name, matchers, Modifiers.NONE);
  }

  public VectorSelector with(Modifiers other) {
    return new VectorSelector(name, matchers, other);
  }

  /** This selector with more conditions; one that is there already is not repeated. */
  public VectorSelector and(List<Matcher> more) {
    List<Matcher> all = new ArrayList<>(matchers);
    for (Matcher matcher : more) {
      if (!all.contains(matcher)) {
        all.add(matcher);
      }
    }
    return new VectorSelector(name, all, modifiers);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }

  @Override
  public List<Expr> parts() {
    return List.of();
  }

  @Override
  public void forEachSelector(Consumer<VectorSelector> reader) {
    reader.accept(this);
  }

  @Override
  public Expr mapSelectors(UnaryOperator<VectorSelector> change) {
    return change.apply(this);
  }

  /** Without the modifiers, which stand behind a range. */
  void appendPlain(StringBuilder text) {
    List<Matcher> all = matchers;
    if (PromQl.isMetricName(name) && !Words.isReserved(name)) {
      text.append(name);
      if (matchers.isEmpty()) {
        return;
      }
    } else if (!name.isEmpty()) {
      all = new ArrayList<>(matchers);
      all.add(0, Matcher.equal(NAME, name));
    }
    text.append('{');
    PromQl.conditions(text, all);
    text.append('}');
  }

  @Override
  public void appendTo(StringBuilder text) {
    appendPlain(text);
    modifiers.appendTo(text);
  }

  @Override
  public String toString() {
    return Expr.text(this);
  }
}
