package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers.Edges;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.type.Features;
import dev.tidemark.promql.type.Function;
import dev.tidemark.promql.type.Functions;
import dev.tidemark.promql.type.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads functions and aggregations. */
final class CallReader {
  private static final Set<String> TAKE_SMOOTHED = Set.of("delta", "increase", "rate");
  private static final Set<String> TAKE_ANCHORED =
      Set.of("changes", "delta", "increase", "rate", "resets");

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
      String hint =
          Nearest.of(name.text().toLowerCase(Locale.ROOT), Functions.byName().keySet())
              .map(near -> ", did you mean " + near + "?")
              .orElse("");
      throw tokens.wrong("there is no function " + name.shown() + hint);
    }
    tokens.take();
    Function function = found.get();
    List<Integer> starts = new ArrayList<>();
    tokens.use(function.feature(), name);
    boolean info = name.text().equals(Call.INFO);
    List<Expr> arguments = expressions.arguments(starts, info);
    if (arguments.size() < function.least() || arguments.size() > function.most()) {
      throw tokens.wrong(
          name.start(),
          "%s takes %s, found %d".formatted(function.name(), counts(function), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      String what = "argument " + (i + 1) + " of " + function.name();
      Types.expect(tokens, arguments.get(i), starts.get(i), function.argument(i), what);
      checkEdges(function, arguments.get(i), starts.get(i));
    }
    return new Call(function, arguments);
  }

  private void checkEdges(Function function, Expr argument, int start) throws ParseException {
    Edges edges =
        argument instanceof MatrixSelector m ? m.selector().modifiers().edges() : Edges.PLAIN;
    Set<String> takers = edges == Edges.SMOOTHED ? TAKE_SMOOTHED : TAKE_ANCHORED;
    if (edges != Edges.PLAIN && !takers.contains(function.name())) {
      throw tokens.wrong(
          argument,
          start,
          edges.name().toLowerCase(Locale.ROOT)
              + " is for "
              + String.join(", ", new TreeSet<>(takers))
              + " only, found "
              + function.name());
    }
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
    if (op.isExperimental()) {
      tokens.use(Features.LIMITS, name);
    }
    List<Expr> arguments = expressions.arguments(starts, false);
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
