package dev.tidemark.promql.parse;

import dev.tidemark.promql.type.Features;
import java.time.Duration;

/**
 * Reads durations: {@code 1h30m}, {@code 300} (2.54), {@code 5m * 2} (3.4). Arithmetic is worked
 * out at once, so that what is printed is read by every release.
 */
final class DurationReader {
  private static final int MAX_DEPTH = 50;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;

  private final Tokens tokens;
  private int depth;

  DurationReader(Tokens tokens) {
    this.tokens = tokens;
  }

  /** A range or a step: more than 0, arithmetic as it is. */
  Duration span(String what) throws ParseException {
    Token first = tokens.peek();
    Duration span = duration(first, seconds(0, what));
    if (span.isZero() || span.isNegative()) {
      throw tokens.wrong(first.start(), tokens.lastEnd(), "a duration must be more than 0");
    }
    return span;
  }

  /** What stands behind offset: one duration with a sign, arithmetic in parentheses. */
  Duration offset() throws ParseException {
    Token first = tokens.peek();
    boolean negative = tokens.takeIf("-");
    while (tokens.peek().is("+") || tokens.peek().is("-")) {
      tokens.use(Features.DURATION_SIGN, tokens.peek());
      negative ^= tokens.take().is("-");
    }
    double seconds = primary("a duration such as 5m");
    if (seconds == 0) {
      tokens.use(Features.OFFSET_OF_ZERO, first);
    }
    return duration(first, negative ? -seconds : seconds);
  }

  private Duration duration(Token first, double seconds) throws ParseException {
    if (!(Math.abs(seconds) * 1000 <= Numbers.LONGEST_MILLIS)) {
      throw tokens.wrong(first.start(), tokens.lastEnd(), "the duration is out of range");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private double seconds(int binding, String what) throws ParseException {
    if (++depth > MAX_DEPTH) {
      throw tokens.wrong("a duration nested deeper than " + MAX_DEPTH).ofLimit();
    }
    double left = signed(what);
    while (true) {
      Token sign = tokens.peek();
      int precedence = precedence(sign);
      if (precedence == 0 || precedence < binding) {
        depth--;
        return left;
      }
      tokens.use(Features.DURATION_EXPRESSIONS, tokens.take());
      double right = seconds(precedence == POWER ? POWER : precedence + 1, what);
      left = result(sign, left, right);
    }
  }

  private static int precedence(Token sign) {
    if (sign.kind() != Token.Kind.SIGN) {
      return 0;
    }
    return switch (sign.text()) {
      case "+", "-" -> 1;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> POWER;
      default -> 0;
    };
  }

  private double result(Token sign, double a, double b) throws ParseException {
    if (b == 0 && (sign.is("/") || sign.is("%"))) {
      throw tokens.wrong(sign.start(), "division by zero");
    }
    return switch (sign.text()) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "%" -> a % b;
      default -> Math.pow(a, b);
    };
  }

  private double signed(String what) throws ParseException {
    Token sign = tokens.peek();
    if (!sign.is("-") && !sign.is("+")) {
      return primary(what);
    }
    tokens.use(Features.DURATION_EXPRESSIONS, tokens.take());
    double value = seconds(POWER, what);
    return sign.is("-") ? -value : value;
  }

  private double primary(String what) throws ParseException {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case DURATION -> Numbers.millis(tokens.text(), tokens.take()) / 1000.0;
      case NUMBER -> {
        tokens.use(Features.NUMBER_AS_DURATION, token);
        yield tokens.number();
      }
      case SIGN -> parenthesised(what);
      case WORD -> word(token, what);
      case STRING, END -> throw tokens.expected(what);
    };
  }

  private double parenthesised(String what) throws ParseException {
    if (!tokens.peek().is("(")) {
      throw tokens.expected(what);
    }
    tokens.use(Features.DURATION_EXPRESSIONS, tokens.take());
    double inner = seconds(0, what);
    tokens.take(")");
    return inner;
  }

  private double word(Token token, String what) throws ParseException {
    if (token.isWord("step") || token.isWord("range")) {
      throw tokens.wrong(
          token.text()
              + "() depends on the query that asks, and is 0 in a rule: "
              + "expected a fixed duration such as 5m");
    }
    boolean greater = token.isWord("max_of");
    if (!greater && !token.isWord("min_of")) {
      throw tokens.expected(what);
    }
    tokens.use(Features.DURATION_CHOICES, tokens.take());
    tokens.take("(");
    double a = seconds(0, what);
    tokens.take(",");
    double b = seconds(0, what);
    tokens.take(")");
    return greater ? Math.max(a, b) : Math.min(a, b);
  }
}
