package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.At;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Modifiers.Edges;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.Features;
import dev.tidemark.promql.type.ValueType;
import java.time.Duration;

/** Reads what stands behind an operand: {@code [range]}, {@code [range:step]}, offset and @. */
final class PostfixReader {
  private final Tokens tokens;
  private final DurationReader durations;

  PostfixReader(Tokens tokens) {
    this.tokens = tokens;
    this.durations = new DurationReader(tokens);
  }

  /**
   * @param parenthesised whether the operand stood in parentheses: then only a subquery may follow
   */
  Expr read(Expr operand, int start, boolean parenthesised) throws ParseException {
    Expr expr = operand;
    boolean closed = parenthesised;
    while (true) {
      Token token = tokens.peek();
      if (token.is("[")) {
        expr = bracket(expr, start, closed);
        closed = false;
      } else if (tokens.takeWordIf("offset")) {
        Modifiers offset = new Modifiers(durations.offset(), null);
        expr = modified(expr, closed, token, offset);
      } else if (tokens.takeIf("@")) {
        expr = modified(expr, closed, token, new Modifiers(Duration.ZERO, at()));
      } else if (token.isWord("anchored") || token.isWord("smoothed")) {
        tokens.use(Features.EXTENDED_RANGES, tokens.take());
        Edges edges = token.isWord("anchored") ? Edges.ANCHORED : Edges.SMOOTHED;
        expr = modified(expr, closed, token, new Modifiers(Duration.ZERO, null, edges));
      } else {
        return expr;
      }
    }
  }

  private Expr bracket(Expr expr, int start, boolean closed) throws ParseException {
    Token open = tokens.take("[");
    Duration range = durations.span("a range such as 5m");
    if (tokens.takeIf(":")) {
      Duration step = tokens.peek().is("]") ? null : durations.span("a step such as 1m, or \"]\"");
      tokens.take("]");
      Types.expect(tokens, expr, start, ValueType.VECTOR, "a subquery");
      return new Subquery(expr, range, step, Modifiers.NONE);
    }
    if (!tokens.takeIf("]")) {
      throw tokens.expected("\"]\" or \":\"");
    }
    if (!(expr instanceof VectorSelector selector) || closed) {
      throw tokens.wrong(
          open.start(), "a range is for a selector only; of an expression make a subquery: [5m:]");
    }
    if (!selector.modifiers().equals(Modifiers.NONE)) {
      throw tokens.wrong(open.start(), "offset, @, anchored and smoothed stand behind the range");
    }
    return new MatrixSelector(selector, range);
  }

  private At at() throws ParseException {
    Token token = tokens.peek();
    for (At.Bound bound : At.Bound.values()) {
      if (tokens.takeWordIf(bound.name())) {
        tokens.take("(");
        tokens.take(")");
        return bound;
      }
    }
    boolean negative = tokens.takeIf("-");
    if (!negative) {
      tokens.takeIf("+");
    }
    double millis = unixMillis() * (negative ? -1 : 1);
    if (Math.abs(millis) >= Long.MAX_VALUE) {
      throw tokens.wrong(token.start(), "the time is out of range");
    }
    return new At.Time(Math.round(millis));
  }

  private double unixMillis() throws ParseException {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> tokens.number() * 1000;
      case DURATION -> {
        tokens.use(Features.DURATION_AS_NUMBER, token);
        yield Numbers.millis(tokens.text(), tokens.take());
      }
      case WORD, STRING, SIGN, END -> throw tokens.expected("a Unix time, start() or end()");
    };
  }

  private Expr modified(Expr expr, boolean closed, Token token, Modifiers more)
      throws ParseException {
    if (!closed && expr instanceof VectorSelector v) {
      return v.with(joined(v.modifiers(), token, more));
    }
    if (!closed && expr instanceof MatrixSelector m) {
      Modifiers all = joined(m.selector().modifiers(), token, more);
      return new MatrixSelector(m.selector().with(all), m.range());
    }
    if (!closed && expr instanceof Subquery s && more.edges() == Edges.PLAIN) {
      return new Subquery(s.expr(), s.range(), s.step(), joined(s.modifiers(), token, more));
    }
    throw tokens.wrong(
        token.start(),
        token.text()
            + (more.edges() == Edges.PLAIN
                ? " stands behind a selector, a range or a subquery only"
                : " stands behind a selector or a range only"));
  }

  private Modifiers joined(Modifiers old, Token token, Modifiers more) throws ParseException {
    boolean twice =
        more.edges() != Edges.PLAIN
            ? old.edges() != Edges.PLAIN
            : more.at() != null ? old.at() != null : !old.offset().isZero();
    if (twice) {
      throw tokens.wrong(token.start(), token.text() + " is set twice");
    }
    return new Modifiers(
        old.offset().plus(more.offset()),
        more.at() == null ? old.at() : more.at(),
        more.edges() == Edges.PLAIN ? old.edges() : more.edges());
  }
}
