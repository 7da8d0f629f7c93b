package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The values of signals, by the expressions of the catalogue, of what is chosen. */
record Values(Chosen chosen) {
  private static final Catalogue SIGNALS = Catalogue.load(Query.RATE_INTERVAL_TEXT);

  static Signal signal(String id) {
    return SIGNALS.find(id).orElseThrow();
  }

  static List<Signal> all() {
    return SIGNALS.signals();
  }

  /** A row a target, with the labels {@link Chosen#TARGET}. */
  Expr of(String id) {
    Signal signal = signal(id);
    return of(signal, signal.expr()).orElseThrow().by("max", Chosen.TARGET);
  }

  /** Of all targets together the one line; for where only one target is chosen. */
  Expr one(String id) {
    Signal signal = signal(id);
    return of(signal, signal.expr()).orElseThrow().by("max", List.of());
  }

  /** Where the nearest of them dies; empty where nothing here could tell it. */
  Optional<Expr> limit(String id) {
    Signal signal = signal(id);
    return Optional.ofNullable(signal.limit())
        .flatMap(limit -> of(signal, limit))
        .map(limit -> limit.by("min", List.of()));
  }

  /** What has to be switched on before any way of a signal works; empty where nothing has. */
  static String needs(String id) {
    Signal signal = signal(id);
    boolean all =
        signal.ways().stream()
            .allMatch(
                way ->
                    way.of().stream().flatMap(m -> signal.need(m).stream()).anyMatch(Need::optIn));
    return all
        ? signal.needs().stream()
            .filter(Need::optIn)
            .map(Need::hint)
            .limit(1)
            .collect(Collectors.joining())
        : "";
  }

  /** Each branch of the signal is asked of whoever tells its metrics. */
  private Optional<Expr> of(Signal signal, String promql) {
    List<Expr> asked = new ArrayList<>();
    for (Expr branch : branches(Expr.parse(promql))) {
      if (isTold(signal, branch)) {
        asked.add(chosen.told(branch));
      } else if (chosen.fleet().hasPods()) {
        asked.add(chosen.ofPods(branch));
      }
    }
    return asked.stream().reduce(Expr::or);
  }

  private static List<Expr> branches(Expr expr) {
    if (expr.node() instanceof Binary binary && binary.op() == BinaryOp.OR) {
      List<Expr> all = new ArrayList<>(branches(new Expr(binary.left())));
      all.addAll(branches(new Expr(binary.right())));
      return all;
    }
    return List.of(expr);
  }

  private static boolean isTold(Signal signal, Expr branch) {
    return branch
        .node()
        .all()
        .filter(VectorSelector.class::isInstance)
        .map(VectorSelector.class::cast)
        .allMatch(s -> signal.need(s.name()).filter(Need::isOfTarget).isPresent());
  }
}
