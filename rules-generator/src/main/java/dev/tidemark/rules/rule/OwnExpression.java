package dev.tidemark.rules.rule;

import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.Lack;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.Parsed;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.Release;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads users' own expressions and says what is wrong with them, at the character. */
final class OwnExpression {
  /** What gives a value where there is no series, beside numbers. */
  private static final Set<String> MAKE_SOMETHING_OF_NOTHING =
      Set.of("absent", "absent_over_time", "vector", "scalar");

  private final TargetSpec target;
  private final List<SpecText> texts;
  private final Complaints complaints;

  OwnExpression(TargetSpec target, List<SpecText> texts, Complaints complaints) {
    this.target = target;
    this.texts = texts;
    this.complaints = complaints;
  }

  /**
   * The expression; empty when it is none or the target cannot evaluate it.
   *
   * @param key where it stands, for messages
   */
  Optional<Expr> read(String key, Placed<String> text) {
    Parsed parsed;
    try {
      parsed = PromQlParser.read(text.value());
    } catch (ParseException e) {
      complaints.add(FragmentPlace.of(text, e.offset(), texts), key + ": " + e.reason());
      return Optional.empty();
    }
    List<Lack> lacks = parsed.lacking(release(), Set.of());
    for (Lack lack : lacks) {
      complaints.add(
          FragmentPlace.of(text, lack.use().offset(), texts), key + ": " + lack.reason());
    }
    Expr expr = parsed.expr();
    if (expr.type() == ValueType.MATRIX || expr.type() == ValueType.STRING) {
      complaints.add(
          text,
          key
              + ": found a "
              + expr.type().text()
              + ", needs an instant vector"
              + (key.equals("expr") ? " that alerts can be of" : ""));
      return Optional.empty();
    }
    return lacks.isEmpty() ? Optional.of(expr) : Optional.empty();
  }

  private Release release() {
    return Release.parse(target.prometheus().value().toString());
  }

  /** Whether it surely gives nothing where no series exist. */
  static boolean isSilentWithoutData(Expr expr) {
    return expr.type() == ValueType.VECTOR
        && expr.all().anyMatch(VectorSelector.class::isInstance)
        && expr.all().noneMatch(OwnExpression::makesSomethingOfNothing);
  }

  private static boolean makesSomethingOfNothing(Expr node) {
    return node instanceof Call call
        && (MAKE_SOMETHING_OF_NOTHING.contains(call.function().name())
            || call.arguments().isEmpty());
  }
}
