package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.type.Features;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Pratt parser: an operand, then as many operators as bind tighter than what waits for it.
 * Vaughan Pratt, Top down operator precedence, 1973.
 */
final class ExprReader {
  /** Of nested expressions: far more than anyone writes, and few enough for a thread's stack. */
  private static final int MAX_DEPTH = 100;

  /** Of operators between two expressions: a chain of them makes the tree as deep. */
  private static final int MAX_OPERATORS = 500;

  private final Tokens tokens;
  private final SelectorReader selectors;
  private final CallReader calls;
  private final PostfixReader postfixes;
  private int depth;
  private int operators;

  ExprReader(Tokens tokens) {
    this.tokens = tokens;
    this.selectors = new SelectorReader(tokens);
    this.postfixes = new PostfixReader(tokens);
    this.calls = new CallReader(tokens, this);
  }

  Expr read() throws ParseException {
    return read(0);
  }

  private Expr read(int binding) throws ParseException {
    if (++depth > MAX_DEPTH) {
      throw tokens.wrong("nested deeper than " + MAX_DEPTH).ofLimit();
    }
    int start = tokens.peek().start();
    Expr left = operand();
    for (BinaryOp op = operator(); op != null && op.precedence() >= binding; op = operator()) {
      Token sign = tokens.take();
      if (++operators > MAX_OPERATORS) {
        throw tokens.wrong("more than " + MAX_OPERATORS + " operators").ofLimit();
      }
      MatchingReader matching = new MatchingReader(tokens);
      matching.read();
      int rightStart = tokens.peek().start();
      Expr right = read(op.isRightAssociative() ? op.precedence() : op.precedence() + 1);
      Binary binary = new Binary(op, left, right, matching.bool(), matching.matching());
      left = tokens.placed(binary, start);
      if (op.isTrim()) {
        tokens.use(Features.TRIM, sign);
      }
      new BinaryCheck(tokens, binary, sign.start()).check(start, rightStart);
    }
    depth--;
    return left;
  }

  private @Nullable BinaryOp operator() {
    Token token = tokens.peek();
    for (BinaryOp op : BinaryOp.values()) {
      if (token.is(op.sign()) || token.isWord(op.sign())) {
        return op;
      }
    }
    return null;
  }

  /** An operand with its signs, range and modifiers. */
  private Expr operand() throws ParseException {
    Token token = tokens.peek();
    if (!token.is("-") && !token.is("+")) {
      boolean parenthesised = token.is("(");
      Expr first = tokens.placed(primary(), token.start());
      return tokens.placed(postfixes.read(first, token.start(), parenthesised), token.start());
    }
    tokens.take();
    int start = tokens.peek().start();
    Expr expr = read(BinaryOp.MULTIPLY.precedence() + 1);
    Types.expectNumeric(tokens, expr, start, "a sign");
    boolean negative = token.is("-");
    Expr signed =
        expr instanceof NumberLiteral number
            ? (negative ? number.negated() : number)
            : new Unary(negative, expr);
    return tokens.placed(signed, token.start());
  }

  /** The matchers that info takes as its second argument, with what stands behind them. */
  Expr data() throws ParseException {
    int start = tokens.peek().start();
    return tokens.placed(postfixes.read(selectors.readData(), start, false), start);
  }

  private Expr primary() throws ParseException {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> new NumberLiteral(tokens.number(), token.text());
      case DURATION -> {
        tokens.use(Features.DURATION_AS_NUMBER, token);
        double millis = Numbers.millis(tokens.text(), tokens.take());
        yield new NumberLiteral(millis / 1000, token.text());
      }
      case STRING -> new StringLiteral(Strings.unquote(tokens.text(), tokens.take()));
      case WORD -> word(token);
      case SIGN -> token.is("{") ? selectors.read() : parenthesised();
      case END -> throw tokens.expected("an expression");
    };
  }

  private Expr parenthesised() throws ParseException {
    if (!tokens.takeIf("(")) {
      throw tokens.expected("an expression");
    }
    Expr expr = read();
    tokens.take(")");
    return expr;
  }

  private Expr word(Token token) throws ParseException {
    if (token.isWord("inf") || token.isWord("nan")) {
      tokens.take();
      return new NumberLiteral(token.isWord("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
    }
    return calls.isNext() ? calls.read() : selectors.read();
  }

  /**
   * Expressions in parentheses, with commas between.
   *
   * @param info whether the second one is the matchers that info takes
   */
  List<Expr> arguments(List<Integer> starts, boolean info) throws ParseException {
    List<Expr> all = new ArrayList<>();
    tokens.take("(");
    while (!tokens.takeIf(")")) {
      if (!all.isEmpty() && !tokens.takeIf(",")) {
        throw tokens.expected("\",\" or \")\"");
      }
      starts.add(tokens.peek().start());
      boolean data = info && all.size() == 1;
      if (data && !tokens.peek().is("{")) {
        throw tokens.expected("matchers in braces such as {region=\"eu\"}");
      }
      all.add(data ? data() : read());
    }
    return all;
  }
}
