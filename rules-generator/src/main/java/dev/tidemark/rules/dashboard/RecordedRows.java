package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;

/** What stands in the exporter's place where there is none: recording rules, else the metrics. */
final class RecordedRows {
  private static final List<String> SIGNALS = List.of("goroutines", "heap_live");

  private RecordedRows() {}

  /** What the fleet has most of, and what rises. */
  static List<Row> fleet(Chosen chosen) {
    Values values = new Values(chosen);
    Expr targets = chosen.told(SourceMetrics.GO_INFO).by("max", Chosen.TARGET);
    Panel count =
        Panel.number(
                "Targets",
                "short",
                "Pods and processes that expose go_info.",
                Target.of("", Boards.count(targets)))
            .size(24, 4);
    Panel goroutines =
        Panel.lines(
            "Most goroutines",
            "short",
            "The ten targets with most goroutines. Many is not a leak: look at what rises.",
            Target.of(Chosen.LEGEND, values.of("goroutines").topk(10, List.of())));
    Panel heap =
        Panel.lines(
            "Largest live heaps",
            "bytes",
            "The ten targets with the largest live heap.",
            Target.of(Chosen.LEGEND, values.of("heap_live").topk(10, List.of())));
    return List.of(
        Row.of("Targets", count, goroutines, heap), new Row("What rises", rises(chosen)));
  }

  /** How fast each signal rises. */
  static List<Panel> rises(Chosen chosen) {
    List<Panel> panels = new ArrayList<>();
    for (String id : SIGNALS) {
      List<Target> targets = new ArrayList<>();
      String prefix = "target:" + id + ":rise";
      for (String record : chosen.fleet().recorded()) {
        if (record.startsWith(prefix)) {
          targets.add(
              Target.of(
                  "in " + record.substring(prefix.length()) + " " + Chosen.LEGEND,
                  chosen.recorded(record).by("max", Chosen.TARGET)));
        }
      }
      if (targets.isEmpty()) {
        targets.add(
            Target.of(
                Chosen.LEGEND,
                chosen
                    .told(Expr.series(metric(id), List.of()).over("deriv", Query.RATE_INTERVAL))
                    .by("max", Chosen.TARGET)));
      }
      boolean recorded = targets.get(0).legend().startsWith("in ");
      panels.add(
          Panel.lines(
                  "How fast it rises: "
                      + Values.signal(id).title().toLowerCase(java.util.Locale.ROOT),
                  id.equals("goroutines") ? "short" : "bytes",
                  recorded
                      ? "How much it rose in half a window, where it rose straighter than noise."
                      : "The slope a second. No rule records rises: no leak alert of this specification"
                          + " has engine promql.",
                  targets.toArray(Target[]::new))
              .empty("Nothing rises straighter than noise."));
    }
    return panels;
  }

  /** The same time yesterday, and what is usual for the workload. */
  static List<Target> band(Chosen chosen, String id) {
    String yesterday = "target:" + id + ":yesterday";
    return chosen.fleet().recorded().contains(yesterday)
        ? List.of(
            Target.of(
                    "most about this time yesterday",
                    chosen.recorded(yesterday).by("max", List.of()))
                .as(Style.EXPECTED))
        : List.of();
  }

  private static String metric(String id) {
    return Values.signal(id).ways().stream()
        .flatMap(way -> way.of().stream())
        .filter(name -> Values.signal(id).need(name).filter(n -> !n.optIn()).isPresent())
        .findFirst()
        .orElseThrow();
  }
}
