package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.type.Function;
import dev.tidemark.promql.type.Functions;
import dev.tidemark.promql.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads functions and aggregations. */
final class CallReader {
  private final Tokens tokens;
  private final ExprReader expressions;

  CallReader(Tokens tokens, ExprReader expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** Whether the next word is called: otherwise it names a metric, even a word like sum. */
  boolean isNext() {
    Token second = tokens.peekSecond();
    return second.is("(")
        || (aggregate(tokens.peek()).isPresent()
            && (second.isWord("by") || second.isWord("without")));
  }

  Expr read() throws ParseException {
    Optional<AggregateOp> aggregate = aggregate(tokens.peek());
    return aggregate.isPresent() ? aggregation(aggregate.get()) : call();
  }

  private static Optional<AggregateOp> aggregate(Token token) {
    for (AggregateOp op : AggregateOp.values()) {
      if (token.isWord(op.word())) {
        return Optional.of(op);
      }
    }
    return Optional.empty();
  }

  private Call call() throws ParseException {
    Token name = tokens.peek();
    Optional<Function> found = Functions.find(name.text());
    if (found.isEmpty()) {
      throw tokens.wrong("there is no function " + name.shown());
    }
    tokens.take();
    Function function = found.get();
    List<Integer> starts = new ArrayList<>();
    List<Expr> arguments = expressions.arguments(starts);
    if (arguments.size() < function.least() || arguments.size() > function.most()) {
      throw tokens.wrong(
          name.start(),
          "%s takes %s, found %d".formatted(function.name(), counts(function), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      String what = "argument " + (i + 1) + " of " + function.name();
      Types.expect(tokens, arguments.get(i), starts.get(i), function.argument(i), what);
    }
    return new Call(function, arguments);
  }

  private static String counts(Function function) {
    String plural = function.least() == 1 && function.most() == 1 ? " argument" : " arguments";
    if (function.least() == function.most()) {
      return function.least() + plural;
    }
    return function.most() == Integer.MAX_VALUE
        ? function.least() + " or more arguments"
        : function.least() + " to " + function.most() + " arguments";
  }

  private Aggregation aggregation(AggregateOp op) throws ParseException {
    Token name = tokens.take();
    boolean first = isGrouping();
    boolean without = tokens.peek().isWord("without");
    List<String> labels = first ? grouping() : List.of();
    List<Integer> starts = new ArrayList<>();
    List<Expr> arguments = expressions.arguments(starts);
    if (!first && isGrouping()) {
      without = tokens.peek().isWord("without");
      labels = grouping();
    }
    int wanted = op.parameter().isPresent() ? 2 : 1;
    if (arguments.size() != wanted) {
      throw tokens.wrong(
          name.start(),
          "%s takes %s, found %d arguments"
              .formatted(
                  op.word(),
                  wanted == 2 ? "a parameter and a vector" : "a vector",
                  arguments.size()));
    }
    Expr vector = arguments.get(wanted - 1);
    Types.expect(tokens, vector, starts.get(wanted - 1), ValueType.VECTOR, op.word());
    if (op.parameter().isPresent()) {
      Expr parameter = arguments.get(0);
      Types.expect(
          tokens, parameter, starts.get(0), op.parameter().get(), op.word() + "'s parameter");
      if (parameter instanceof StringLiteral s && s.value().isEmpty()) {
        throw tokens.wrong(starts.get(0), "a label's name is empty");
      }
      return new Aggregation(op, parameter, vector, without, labels);
    }
    return new Aggregation(op, null, vector, without, labels);
  }

  private boolean isGrouping() {
    return tokens.peek().isWord("by") || tokens.peek().isWord("without");
  }

  private List<String> grouping() throws ParseException {
    tokens.take();
    return LabelList.read(tokens);
  }
}
