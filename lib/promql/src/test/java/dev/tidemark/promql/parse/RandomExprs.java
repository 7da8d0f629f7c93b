package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.AggregateOp;
import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.At;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Fill;
import dev.tidemark.promql.ast.Matching.Group;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Modifiers.Edges;
import dev.tidemark.promql.ast.NumberLiteral;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.type.Function;
import dev.tidemark.promql.type.Functions;
import dev.tidemark.promql.type.Release;
import dev.tidemark.promql.type.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions of every kind from a seed: such that Prometheus 2.42 takes, or of any release. */
public final class RandomExprs {
  private static final List<String> NAMES =
      List.of(
          "up",
          "go_goroutines",
          "a:b:rate5m",
          "sum",
          "by",
          "and",
          "offset",
          "größe",
          "a b",
          "inf",
          "on");
  private static final List<String> LABELS =
      List.of("job", "namespace", "le", "sum", "on", "by", "bool");
  private static final List<String> VALUES =
      List.of(
          "", "x", "a\"b", "a\\b", "a\nb", "}", "{{ .v }}", "日本", "' or up", "\0", "\u202E", "$1");

  private static final List<String> NEW_LABELS = List.of("job", "c d", "inf", "größe", "a:b", "x");

  private static final Set<String> TAKE_EDGES = Set.of("rate", "increase", "delta");

  private final Random random;
  private final boolean old;
  private final List<Function> functions;

  private RandomExprs(Random random, boolean old) {
    this.random = random;
    this.old = old;
    Release target = Release.parse("2.42");
    this.functions =
        Functions.byName().values().stream()
            .filter(f -> !old || f.feature().lacking(target, Set.of()).isEmpty())
            .toList();
  }

  public static RandomExprs of242(Random random) {
    return new RandomExprs(random, true);
  }

  public static RandomExprs ofAny(Random random) {
    return new RandomExprs(random, false);
  }

  public Expr any(int depth) {
    return random.nextInt(6) == 0 ? scalar(depth) : vector(depth);
  }

  private Expr of(ValueType type, int depth) {
    return switch (type) {
      case SCALAR -> scalar(depth);
      case VECTOR -> vector(depth);
      case MATRIX -> matrix(depth);
      case STRING -> new StringLiteral(pick(VALUES));
    };
  }

  private Expr scalar(int depth) {
    if (depth <= 0) {
      return number();
    }
    return switch (random.nextInt(6)) {
      case 0 -> signed(scalar(depth - 1));
      case 1, 2 -> {
        BinaryOp op =
            pick(Arrays.stream(BinaryOp.values()).filter(o -> !o.isSet() && !o.isTrim()).toList());
        yield new Binary(op, scalar(depth - 1), scalar(depth - 1), op.isComparison(), Matching.ALL);
      }
      case 3 -> Call.of("scalar", vector(depth - 1));
      case 4 -> call(depth, ValueType.SCALAR);
      default -> number();
    };
  }

  private NumberLiteral number() {
    return new NumberLiteral(
        switch (random.nextInt(8)) {
          case 0 -> random.nextGaussian();
          case 1 -> random.nextGaussian() * 1e30;
          case 2 -> random.nextGaussian() * 1e-30;
          case 3 -> Double.longBitsToDouble(random.nextLong());
          case 4 ->
              pick(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0));
          default -> random.nextInt(2_000) - 1_000;
        });
  }

  private static Expr signed(Expr expr) {
    return expr instanceof NumberLiteral ? expr : new Unary(true, expr);
  }

  private Expr vector(int depth) {
    if (depth <= 0) {
      return selector();
    }
    return switch (random.nextInt(8)) {
      case 0 -> signed(vector(depth - 1));
      case 1, 2, 3 -> binary(depth);
      case 4 -> aggregation(depth);
      case 5, 6 -> call(depth, ValueType.VECTOR);
      default -> selector();
    };
  }

  private Binary binary(int depth) {
    BinaryOp op = pick(Arrays.stream(BinaryOp.values()).filter(o -> !old || !o.isTrim()).toList());
    boolean bool = op.isComparison() && random.nextBoolean();
    int scalars = op.isSet() ? 3 : random.nextInt(op.isTrim() ? 1 : 0, 4);
    Expr left = scalars == 0 ? scalar(depth - 1) : vector(depth - 1);
    Expr right = scalars == 1 ? scalar(depth - 1) : vector(depth - 1);
    Matching matching = scalars > 1 ? matching(op) : Matching.ALL;
    return new Binary(op, left, right, bool, matching);
  }

  private Matching matching(BinaryOp op) {
    boolean on = random.nextBoolean();
    List<String> labels = labels();
    Group group = op.isSet() ? Group.ONE_TO_ONE : pick(List.of(Group.values()));
    List<String> include = new ArrayList<>(group == Group.ONE_TO_ONE ? List.of() : labels());
    if (on) {
      include.removeAll(labels);
    }
    boolean filled = !old && !op.isSet() && random.nextInt(4) == 0;
    return new Matching(on, labels, group, include, filled ? fill() : Fill.NONE);
  }

  private Fill fill() {
    NumberLiteral left = number();
    return switch (random.nextInt(3)) {
      case 0 -> new Fill(left, left);
      case 1 -> new Fill(null, left);
      default -> new Fill(left, number());
    };
  }

  private Aggregation aggregation(int depth) {
    AggregateOp op =
        pick(Arrays.stream(AggregateOp.values()).filter(o -> !old || !o.isExperimental()).toList());
    Expr parameter =
        op.parameter()
            .map(type -> type == ValueType.STRING ? new StringLiteral("label") : scalar(depth - 1))
            .orElse(null);
    return new Aggregation(op, parameter, vector(depth - 1), random.nextBoolean(), labels());
  }

  private Call call(int depth, ValueType result) {
    Function function = pick(functions.stream().filter(f -> f.result() == result).toList());
    int most = Math.min(function.most(), function.least() + 2);
    int count = function.least() + random.nextInt(most - function.least() + 1);
    Expr[] arguments = new Expr[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = of(function.argument(i), depth - 1);
    }
    if (function.name().equals(Call.INFO) && count == 2) {
      VectorSelector data = selector();
      arguments[1] = VectorSelector.of("", data.matchers()).with(data.modifiers());
    }
    if (TAKE_EDGES.contains(function.name()) && arguments[0] instanceof MatrixSelector m) {
      arguments[0] = new MatrixSelector(m.selector().with(edges(m)), m.range());
    }
    return Call.of(function.name(), arguments);
  }

  private Modifiers edges(MatrixSelector m) {
    Modifiers all = m.selector().modifiers();
    return old ? all : new Modifiers(all.offset(), all.at(), pick(List.of(Edges.values())));
  }

  private Expr matrix(int depth) {
    if (depth <= 0 || random.nextInt(3) > 0) {
      return new MatrixSelector(selector(), span());
    }
    Duration step = random.nextBoolean() ? null : span();
    return new Subquery(vector(depth - 1), span(), step, modifiers());
  }

  private VectorSelector selector() {
    List<Matcher> matchers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Matcher.Op op = pick(List.of(Matcher.Op.values()));
      boolean regex = op == Matcher.Op.RE || op == Matcher.Op.NOT_RE;
      matchers.add(
          new Matcher(
              pick(old || random.nextBoolean() ? LABELS : NEW_LABELS),
              op,
              regex ? pick(List.of("a.*|b", "")) : pick(VALUES)));
    }
    return VectorSelector.of(pick(NAMES), matchers).with(modifiers());
  }

  private Modifiers modifiers() {
    Duration offset = random.nextInt(4) == 0 ? span() : Duration.ZERO;
    @Nullable At at =
        switch (random.nextInt(8)) {
          case 0 -> At.Bound.START;
          case 1 -> At.Bound.END;
          case 2 -> new At.Time(random.nextInt());
          default -> null;
        };
    return new Modifiers(random.nextBoolean() ? offset : offset.negated(), at);
  }

  private Duration span() {
    long[] units = {1, 1_000, 60_000, 3_600_000, 86_400_000};
    long unit = units[random.nextInt(units.length)];
    return Duration.ofMillis(unit * (1 + random.nextInt(500)) + random.nextInt(2));
  }

  private List<String> labels() {
    List<String> names = old || random.nextBoolean() ? LABELS : NEW_LABELS;
    return random.ints(random.nextInt(3), 0, names.size()).mapToObj(names::get).distinct().toList();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
