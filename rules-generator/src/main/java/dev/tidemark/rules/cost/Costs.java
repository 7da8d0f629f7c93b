package dev.tidemark.rules.cost;

import dev.tidemark.promql.ast.Aggregation;
import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.MatrixSelector;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.Subquery;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.promql.type.ValueType;
import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Works out what rules cost, from how much there is. Rules that do not parse cost nothing. */
public final class Costs {
  private static final Set<String> OF_TARGETS = Set.of("pod", "instance", "container");

  private final Size size;
  private final Duration scrapeInterval;
  private final Duration groupInterval;

  /** Series that rules recorded before, by name. */
  private final Map<String, Long> recorded = new HashMap<>();

  /**
   * @param scrapeInterval how often samples come
   * @param groupInterval of groups that do not say it, and the step of subqueries that do not
   */
  public Costs(Size size, Duration scrapeInterval, Duration groupInterval) {
    this.size = size;
    this.scrapeInterval = scrapeInterval;
    this.groupInterval = groupInterval;
  }

  /** Every rule's cost, the dearest first; recordings are to stand before what reads them. */
  public List<RuleCost> of(List<FoundFile> files) {
    List<RuleCost> costs = new ArrayList<>();
    for (FoundFile file : files) {
      for (FoundGroup group : file.groups()) {
        Duration every = group.interval().map(i -> i.value()).orElse(groupInterval);
        for (FoundRule rule : group.rules()) {
          costs.add(of(rule, every.isZero() ? groupInterval : every));
        }
      }
    }
    costs.sort(Comparator.comparingLong(RuleCost::samples).reversed());
    return costs;
  }

  private RuleCost of(FoundRule rule, Duration every) {
    try {
      Expr expr = PromQlParser.parse(rule.expr().value());
      // what the server says of a rule whose recordings it lacks is what an empty one costs
      boolean lacks = lacksRecorded(expr);
      OptionalLong counted = lacks ? OptionalLong.empty() : size.samples(expr);
      long added = rule.isAlert() ? 0 : results(expr);
      if (!rule.isAlert()) {
        recorded.merge(rule.name().value(), added, Math::max);
      }
      return new RuleCost(
          rule, series(expr), counted.orElseGet(() -> samples(expr, 1)), added, every, lacks);
    } catch (ParseException e) {
      return new RuleCost(rule, 0, 0, 0, every, false);
    }
  }

  /** Whether it reads what would be recorded by these rules, and nobody has recorded yet. */
  private boolean lacksRecorded(Expr expr) {
    return expr.all()
        .filter(VectorSelector.class::isInstance)
        .map(e -> ((VectorSelector) e).with(Modifiers.NONE))
        .filter(selector -> recorded.getOrDefault(selector.name(), 0L) > 0)
        .anyMatch(selector -> size.series(selector) == 0);
  }

  private long series(Expr expr) {
    return expr.all()
        .filter(VectorSelector.class::isInstance)
        .map(e -> ((VectorSelector) e).with(Modifiers.NONE))
        .distinct()
        .mapToLong(this::found)
        .sum();
  }

  private long found(VectorSelector selector) {
    Long known = recorded.get(selector.name());
    return known == null ? size.series(selector) : known;
  }

  /**
   * @param steps how often what stands around it asks for it
   */
  private long samples(Expr expr, long steps) {
    if (expr instanceof VectorSelector selector) {
      return found(selector) * steps;
    }
    if (expr instanceof MatrixSelector matrix) {
      return found(matrix.selector()) * times(matrix.range(), scrapeInterval) * steps;
    }
    long inner = steps;
    if (expr instanceof Subquery subquery) {
      inner *= times(subquery.range(), subquery.step() == null ? groupInterval : subquery.step());
    }
    long sum = 0;
    for (Expr part : expr.parts()) {
      sum += samples(part, inner);
    }
    return sum;
  }

  private static long times(Duration range, Duration step) {
    return Math.max(1, range.toMillis() / Math.max(1, step.toMillis()));
  }

  /** How many series an expression gives, conditions taken as true. */
  private long results(Expr expr) {
    if (expr.type() == ValueType.SCALAR || expr.type() == ValueType.STRING) {
      return 1;
    }
    if (expr instanceof VectorSelector selector) {
      return found(selector);
    }
    if (expr instanceof Aggregation a) {
      return aggregated(a);
    }
    if (expr instanceof Call call && call.function().name().startsWith("absent")) {
      return 1;
    }
    if (expr instanceof Binary b) {
      return switch (b.op()) {
        case OR -> Math.max(results(b.left()), results(b.right()));
        case AND, UNLESS -> results(b.left());
        default -> {
          boolean numbers =
              b.left().type() == ValueType.SCALAR || b.right().type() == ValueType.SCALAR;
          long left = results(b.left());
          long right = results(b.right());
          yield numbers ? Math.max(left, right) : joined(b, left, right);
        }
      };
    }
    return expr.parts().stream().mapToLong(this::results).max().orElse(1);
  }

  private static long joined(Binary b, long left, long right) {
    return switch (b.matching().group()) {
      case LEFT -> left;
      case RIGHT -> right;
      case ONE_TO_ONE -> Math.min(left, right);
    };
  }

  /**
   * One a target where a label of targets is kept, else one a group, of which nobody knows more.
   */
  private long aggregated(Aggregation a) {
    long inner = results(a.expr());
    if (a.op().isPick() || (a.without() && !a.labels().isEmpty())) {
      return inner;
    }
    if (a.labels().isEmpty()) {
      return 1;
    }
    Set<String> kept = new TreeSet<>(a.labels());
    kept.retainAll(OF_TARGETS);
    long targets =
        a.expr()
            .all()
            .filter(VectorSelector.class::isInstance)
            .map(VectorSelector.class::cast)
            .filter(selector -> !recorded.containsKey(selector.name()))
            .mapToLong(size::targets)
            .max()
            .orElse(inner);
    return kept.isEmpty() ? 1 : Math.min(inner, targets);
  }
}
