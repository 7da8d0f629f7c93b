package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Join;
import dev.tidemark.rules.rule.Limits;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.SourceMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a rise has to come to be called a leak, as the exporter has it of a target whose past is
 * known: a quarter of the way to the limit, or to three times the usual level; without a limit to
 * twice the usual level, and with one, too, when it has been there for the longest window: what is
 * slow would need days.
 *
 * @param limit that all targets have; 0 for none
 * @param ofMemory whether the memory of a target is its limit, where somebody tells it
 * @param ofGo whether GOMEMLIMIT is such a limit, before the container's
 */
record Stake(double limit, boolean ofMemory, boolean ofGo) {
  static final Parameter<Double> LIMIT =
      Parameter.number(
          "limit",
          10_000,
          0,
          1e12,
          "engine promql: goroutines at which a target ends. A leak has come a quarter of the way"
              + " there, or to three times the usual, or has been at twice the usual for the slow"
              + " window; with 0, no limit, it has come to twice the usual. Not"
              + " looked at where growthPerHour is set, and by the exporter, whose own"
              + " configuration has limits.goroutines");

  /** Of memory that only the kernel sees. */
  static final Stake MEMORY = new Stake(0, true, false);

  /** A single look above is no level; no group is evaluated more seldom. */
  private static final Duration LASTS = Duration.ofMinutes(5);

  private static final double WAY = 0.25;
  private static final double DOUBLED = 2;
  private static final double TRIPLED = 3;

  /** An unset GOMEMLIMIT is 2^63−1. */
  private static final double UNSET = 9e18;

  /** How it is of a signal where a specification says nothing. */
  static Stake usual(String signal) {
    return switch (signal) {
      case "goroutines" -> limit(LIMIT.otherwise());
      case "heap_live" -> new Stake(0, true, true);
      default -> limit(0);
    };
  }

  /** Of a limit that all targets have; 0 is none. */
  static Stake limit(double limit) {
    return new Stake(limit, false, false);
  }

  /** The limit of each target with the labels of its level; empty where none is to be looked up. */
  Optional<Expr> limits(Service service, Expr level) {
    Selection selection = service.selection();
    Optional<Expr> limits = Optional.empty();
    if (ofGo) {
      List<String> target = new Workloads(service).target();
      Expr own =
          Targets.seen(selection, SourceMetrics.GOMEMLIMIT, selection.all())
              .compare(">", 0)
              .compare("<", UNSET)
              .by("min", target);
      limits = Optional.of(beside(level, target, own));
    }
    if (ofMemory && selection.scope() != Scope.JOBS) {
      Expr container = beside(level, Targets.CONTAINER, Limits.memory(selection));
      limits = Optional.of(limits.map(own -> own.or(container)).orElse(container));
    }
    return limits;
  }

  private static Expr beside(Expr level, List<String> on, Expr limit) {
    return level.times(0).op("+", Join.manyTo(on), limit);
  }

  /**
   * Where a level has come so far.
   *
   * @param usual the level before it rose, of the same labels
   * @param limits as {@link #limits} has been recorded
   * @param longest window
   */
  Expr far(Expr level, Expr usual, Optional<Expr> limits, Duration longest) {
    Expr lasting = level.over("min_over_time", LASTS);
    Expr doubled = lasting.op(">=", usual.times(DOUBLED));
    @Nullable Expr end = limit > 0 ? Expr.number(limit) : limits.orElse(null);
    if (end == null) {
      return doubled;
    }
    Expr far =
        way(lasting, usual, end)
            .or(lasting.op(">=", usual.times(TRIPLED)))
            .or(level.over("min_over_time", longest).op(">=", usual.times(DOUBLED)).and(doubled));
    return limit > 0 ? far : far.or(doubled.unless(end));
  }

  private static Expr way(Expr level, Expr usual, Expr limit) {
    return level.minus(usual).op(">=", limit.minus(usual).times(WAY));
  }
}
