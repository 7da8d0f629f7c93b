package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.At;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.type.ValueType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind an operand: {@code [range]}, {@code [range:step]}, offset and @. */
final class PostfixReader {
  private final Tokens tokens;

  PostfixReader(Tokens tokens) {
    this.tokens = tokens;
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
        expr = modified(expr, closed, token, offset(), null);
      } else if (tokens.takeIf("@")) {
        expr = modified(expr, closed, token, null, at());
      } else {
        return expr;
      }
    }
  }

  private Expr bracket(Expr expr, int start, boolean closed) throws ParseException {
    Token open = tokens.take("[");
    Duration range = span("a range such as 5m");
    if (tokens.takeIf(":")) {
      Duration step = tokens.peek().is("]") ? null : span("a step such as 1m, or \"]\"");
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
      throw tokens.wrong(open.start(), "offset and @ stand behind the range");
    }
    return new MatrixSelector(selector, range);
  }

  private Duration span(String what) throws ParseException {
    Token token = tokens.peek();
    Duration span = duration(what);
    if (span.isZero()) {
      throw tokens.wrong(token.start(), "a duration must be more than 0");
    }
    return span;
  }

  private Duration duration(String what) throws ParseException {
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.DURATION) {
      return Numbers.duration(tokens.text(), tokens.take());
    }
    if (token.kind() == Token.Kind.NUMBER) {
      return Numbers.seconds(tokens.text(), tokens.take());
    }
    throw tokens.expected(what);
  }

  private Duration offset() throws ParseException {
    boolean negative = tokens.takeIf("-");
    if (!negative) {
      tokens.takeIf("+");
    }
    Duration span = duration("a duration such as 5m");
    return negative ? span.negated() : span;
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
      case NUMBER -> Numbers.number(tokens.take().text()) * 1000;
      case DURATION -> Numbers.duration(tokens.text(), tokens.take()).toMillis();
      case WORD, STRING, SIGN, END -> throw tokens.expected("a Unix time, start() or end()");
    };
  }

  private Expr modified(
      Expr expr, boolean closed, Token token, @Nullable Duration offset, @Nullable At at)
      throws ParseException {
    if (!closed && expr instanceof VectorSelector v) {
      return v.with(joined(v.modifiers(), token, offset, at));
    }
    if (!closed && expr instanceof MatrixSelector m) {
      Modifiers all = joined(m.selector().modifiers(), token, offset, at);
      return new MatrixSelector(m.selector().with(all), m.range());
    }
    if (!closed && expr instanceof Subquery s) {
      return new Subquery(s.expr(), s.range(), s.step(), joined(s.modifiers(), token, offset, at));
    }
    throw tokens.wrong(
        token.start(), token.text() + " stands behind a selector, a range or a subquery only");
  }

  private Modifiers joined(Modifiers old, Token token, @Nullable Duration offset, @Nullable At at)
      throws ParseException {
    if ((offset != null && !old.offset().isZero()) || (at != null && old.at() != null)) {
      throw tokens.wrong(token.start(), token.text() + " is set twice");
    }
    return offset != null ? new Modifiers(offset, old.at()) : new Modifiers(old.offset(), at);
  }
}
