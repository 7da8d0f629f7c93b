package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.StringLiteral;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.Unary;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the expressions of recording rules in the place of what they record, for servers that have
 * not recorded it. A range of it becomes a subquery at the group's interval, a look back one of two
 * intervals.
 */
public final class Recordings {
  private static final String NAME = "__name__";

  private final Map<String, List<FoundRule>> byName = new HashMap<>();
  private final Duration interval;
  private final Known known;
  private final TreeSet<String> used = new TreeSet<>();
  private final Deque<String> within = new ArrayDeque<>();

  /**
   * @param rules of which the recordings count
   * @param interval of their group
   * @param known whether the server has what this selects
   */
  public Recordings(List<FoundRule> rules, Duration interval, Known known) {
    rules.stream()
        .filter(rule -> !rule.isAlert())
        .forEach(
            rule -> byName.computeIfAbsent(rule.name().value(), n -> new ArrayList<>()).add(rule));
    this.interval = interval;
    this.known = known;
  }

  /**
   * An expression that reads nothing recorded that the server lacks.
   *
   * @param used names of recordings that were put in
   */
  public record Inlined(Expr expr, List<String> used) {
    public Inlined {
      used = List.copyOf(used);
    }
  }

  /** Who knows what a server has recorded. */
  @FunctionalInterface
  public interface Known {
    /**
     * @throws PrometheusException where the server does not answer
     */
    boolean has(VectorSelector selector) throws PrometheusException;
  }

  /** An expression that cannot be had without its recordings; the message says why. */
  public static final class NotInlined extends Exception {
    private static final long serialVersionUID = 1L;

    NotInlined(String message) {
      super(message);
    }
  }

  /**
   * @throws PrometheusException where the server does not answer
   * @throws NotInlined where the same cannot be said without the recording
   */
  public Inlined inline(Expr expr) throws NotInlined, PrometheusException {
    used.clear();
    within.clear();
    Expr whole = replaced(expr);
    return new Inlined(whole, List.copyOf(used));
  }

  private Expr replaced(Expr expr) throws NotInlined, PrometheusException {
    if (expr instanceof VectorSelector selector) {
      return isLacking(selector) ? moment(selector) : selector;
    }
    if (expr instanceof MatrixSelector matrix) {
      return isLacking(matrix.selector()) ? range(matrix) : matrix;
    }
    if (expr instanceof Subquery s) {
      return new Subquery(replaced(s.expr()), s.range(), s.step(), s.modifiers());
    }
    if (expr instanceof Unary unary) {
      return new Unary(unary.negative(), replaced(unary.expr()));
    }
    if (expr instanceof Binary b) {
      return new Binary(b.op(), replaced(b.left()), replaced(b.right()), b.bool(), b.matching());
    }
    if (expr instanceof Aggregation a) {
      Expr parameter = a.parameter() == null ? null : replaced(a.parameter());
      return new Aggregation(a.op(), parameter, replaced(a.expr()), a.without(), a.labels());
    }
    if (expr instanceof Call call) {
      List<Expr> arguments = new ArrayList<>();
      for (Expr argument : call.arguments()) {
        arguments.add(replaced(argument));
      }
      return new Call(call.function(), arguments);
    }
    return expr;
  }

  private boolean isLacking(VectorSelector selector) throws PrometheusException {
    return byName.containsKey(selector.name()) && !known.has(selector.with(Modifiers.NONE));
  }

  private Expr moment(VectorSelector selector) throws NotInlined, PrometheusException {
    Expr now = of(selector);
    if (selector.modifiers().equals(Modifiers.NONE)) {
      return now;
    }
    return Call.of(
        "last_over_time",
        new Subquery(now, interval.multipliedBy(2), interval, selector.modifiers()));
  }

  private Expr range(MatrixSelector matrix) throws NotInlined, PrometheusException {
    Modifiers modifiers = matrix.selector().modifiers();
    if (modifiers.edges() != Modifiers.Edges.PLAIN) {
      throw new NotInlined("no subquery is anchored or smoothed: " + matrix);
    }
    return new Subquery(of(matrix.selector()), matrix.range(), interval, modifiers);
  }

  /** All recordings of the name that the matchers allow, joined by or. */
  private Expr of(VectorSelector selector) throws NotInlined, PrometheusException {
    if (within.contains(selector.name())) {
      throw new NotInlined(selector.name() + " reads itself");
    }
    within.push(selector.name());
    used.add(selector.name());
    Expr all = null;
    for (FoundRule rule : byName.getOrDefault(selector.name(), List.of())) {
      Optional<Expr> one = of(rule, selector.matchers());
      if (one.isPresent()) {
        all = all == null ? one.get() : Binary.of(BinaryOp.OR, all, one.get());
      }
    }
    within.pop();
    // a name that nobody has: what no recording allows is not there
    return all == null ? VectorSelector.of(selector.name(), selector.matchers()) : all;
  }

  private Optional<Expr> of(FoundRule rule, List<Matcher> matchers)
      throws NotInlined, PrometheusException {
    SortedMap<String, String> labels = new TreeMap<>();
    rule.labels().forEach((name, text) -> labels.put(name, text.value()));
    List<Matcher> others = new ArrayList<>();
    for (Matcher matcher : matchers) {
      String said = labels.get(matcher.label());
      if (said == null && !matcher.label().equals(NAME)) {
        others.add(matcher);
      } else if (said != null && !matcher.passes().test(said)) {
        return Optional.empty();
      }
    }
    Expr expr = parsed(rule);
    for (Matcher matcher : others) {
      Optional<Expr> confined = Confined.to(expr, matcher);
      if (confined.isEmpty()) {
        throw new NotInlined(
            "%s is not recorded there, and %s cannot be asked of its expression"
                .formatted(rule.name().value(), matcher));
      }
      expr = confined.get();
    }
    expr = replaced(expr);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      expr =
          Call.of(
              "label_replace",
              expr,
              new StringLiteral(label.getKey()),
              new StringLiteral(label.getValue().replace("$", "$$")),
              new StringLiteral(label.getKey()),
              new StringLiteral("(?s).*"));
    }
    return Optional.of(expr);
  }

  private static Expr parsed(FoundRule rule) throws NotInlined {
    try {
      return PromQlParser.parse(rule.expr().value());
    } catch (ParseException e) {
      throw new NotInlined(rule.name().value() + ": " + e.reason());
    }
  }
}
