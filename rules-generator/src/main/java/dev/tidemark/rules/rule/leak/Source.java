package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.rules.rule.Signals;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.List;
import java.util.Map;

/** Where the values come from that growth is judged by, when no exporter is there. */
final class Source {
  private static final double OFF_HEAP_FLOOR = 16 << 20;

  private Source() {}

  /** A signal of the process itself, by the catalogue's expression. */
  static Growth of(Service service, String id, double perHour, Stake stake) {
    Expr value = Signals.expr(id).with(service.selection().all());
    double floor = Signals.signal(id).smallestBand();
    return new Growth(service, id, value, feed(id), floor, perHour, stake);
  }

  private static Feed feed(String id) {
    return switch (id) {
      case "goroutines" -> new Feed("go_goroutines", 1, Map.of());
      case "heap_live" -> new Feed("go_gc_heap_live_bytes", 1, Map.of());
      case "stack_per_goroutine" ->
          new Feed("go_memstats_stack_inuse_bytes", 100, Map.of("go_goroutines", 100.0));
      default -> throw new IllegalArgumentException("nothing is known to feed " + id);
    };
  }

  /** Resident memory beside what Go's runtime manages. */
  static Growth offHeap(Service service, double perHour) {
    List<Matcher> all = service.selection().all();
    Expr go =
        Expr.series(SourceMetrics.GO_SYS, all)
            .minus(Expr.series(SourceMetrics.GO_HEAP_RELEASED, all));
    List<String> target = new Workloads(service).target();
    Feed feed =
        new Feed(
            SourceMetrics.RSS,
            1,
            Map.of(
                SourceMetrics.GO_SYS,
                4.0 * (1 << 20),
                SourceMetrics.GO_HEAP_RELEASED,
                4.0 * (1 << 20)));
    Expr value =
        Expr.series(SourceMetrics.RSS, all)
            .by("max", target)
            .minus(go.by("max", target))
            .in("clamp_min", 0);
    return new Growth(service, "off_heap", value, feed, OFF_HEAP_FLOOR, perHour, Stake.MEMORY);
  }
}
