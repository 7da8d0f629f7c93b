package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;

/** The targets of one workload side by side: is it one of them, or all? */
record WorkloadBoard() implements Board {
  static final String UID = "tidemark-workload";

  @Override
  public String file() {
    return "workload";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    Chosen chosen = new Chosen(fleet, true);
    Values values = new Values(chosen);
    List<Row> rows = new ArrayList<>();
    List<Panel> load = new ArrayList<>(List.of(goroutines(chosen, values)));
    load.addAll(Requests.panels(chosen, values));
    rows.add(new Row("Goroutines", load));
    rows.add(
        fleet.exporter()
            ? Row.of("Judged", score(chosen), leaks(chosen), timeToLimit(chosen), growth(chosen))
            : new Row("Judged", RecordedRows.rises(chosen)));
    rows.add(
        Row.of("Memory", memory(chosen, values), heap(chosen, values), limit(values), fds(values)));
    rows.add(new Row("Restarts", restarts(chosen)));
    return new Dashboard(
        UID,
        "Go workload",
        "The pods or processes of one workload side by side.",
        "6h",
        Variables.targets(chosen, /* several= */ true),
        Annotations.of(chosen),
        Boards.LINKS,
        rows);
  }

  private static Panel goroutines(Chosen chosen, Values values) {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.of(Chosen.LEGEND, values.of("goroutines")));
    targets.addAll(band(chosen, "goroutines"));
    targets.add(
        Target.of("P99 " + Chosen.LEGEND, values.of("sched_latency_p99"))
            .right("s")
            .needs(Values.needs("sched_latency_p99")));
    return Panel.lines(
            "Goroutines, and how long they wait for a CPU",
            "short",
            "Left: the goroutines of each target, and the widest band of them all. Right, dotted: the 99th"
                + " percentile of the time that goroutines which could run waited.",
            targets.toArray(Target[]::new))
        .size(24, 11)
        .to(Urls.targetOfSeries(chosen.fleet()));
  }

  /** The band of the workload: from the highest upper edge to the lowest expected. */
  private static List<Target> band(Chosen chosen, String id) {
    if (!chosen.fleet().exporter()) {
      return RecordedRows.band(chosen, id);
    }
    var signal = Values.signal(id);
    return List.of(
        Target.of("upper", chosen.judged(MetricNames.upper(signal)).by("max", List.of()))
            .as(Style.UPPER),
        Target.of("expected", chosen.judged(MetricNames.expected(signal)).by("min", List.of()))
            .as(Style.EXPECTED));
  }

  private static Panel score(Chosen chosen) {
    return Panel.lines(
            "How far outside the band",
            "short",
            "The score of each target, of its worst signal; above 1 is outside.",
            Target.of(Chosen.LEGEND, chosen.judged(MetricNames.SCORE).by("max", Chosen.TARGET)))
        .to(Urls.targetOfSeries(chosen.fleet()));
  }

  private static Panel leaks(Chosen chosen) {
    return Panel.states(
            "Leak states",
            "Targets and signals that leak, or may; a lane each.",
            Scale.LEAK_STATE,
            Target.of(
                "{{pod}} {{container}} {{signal}}",
                chosen.judged(MetricNames.LEAK_STATE).by("max", bySignal()).compare(">", 0)))
        .size(12, 8)
        .empty("Nothing leaked in this time.");
  }

  private static Panel timeToLimit(Chosen chosen) {
    return Panel.lines(
            "Time to limit",
            "dtdurations",
            "How long until a signal reaches its limit at its present growth; only while it grows towards one.",
            Target.of(
                "{{pod}} {{container}} {{signal}}",
                chosen.judged(MetricNames.TIME_TO_LIMIT).by("min", bySignal())))
        .empty("Nothing grows towards a limit.");
  }

  private static Panel growth(Chosen chosen) {
    String horizon = MetricNames.LABEL_HORIZON;
    List<String> by = List.of("namespace", "pod", "container", horizon);
    Expr goroutines = chosen.judged(MetricNames.growth(Values.signal("goroutines")));
    Expr heap = chosen.judged(MetricNames.growth(Values.signal("heap_live")));
    return Panel.lines(
        "Growth",
        "short",
        "Goroutines a second, and right bytes of live heap a second, over each horizon.",
        Target.of("goroutines {{pod}} {{container}} {{horizon}}", goroutines.by("max", by))
            .needs(Boards.GROWTH),
        Target.of("heap {{pod}} {{container}} {{horizon}}", heap.by("max", by))
            .right("Bps")
            .needs(Boards.GROWTH));
  }

  private static Panel memory(Chosen chosen, Values values) {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.of(Chosen.LEGEND, Memory.of(chosen)));
    if (chosen.fleet().hasPods()) {
      values
          .limit("working_set")
          .ifPresent(limit -> targets.add(Target.of("limit", limit).as(Style.LIMIT)));
    }
    return Panel.lines(
            "Memory, and its limit",
            "bytes",
            "Of pods the working set of each container and the smallest limit; of plain processes what is"
                + " resident.",
            targets.toArray(Target[]::new))
        .to(Urls.targetOfSeries(chosen.fleet()));
  }

  private static Panel heap(Chosen chosen, Values values) {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.of(Chosen.LEGEND, values.of("heap_live")));
    targets.addAll(band(chosen, "heap_live"));
    return Panel.lines(
            "Live heap",
            "bytes",
            "What the last collection found reachable: what a heap leak raises. Estimated from the next goal"
                + " where the metric is not switched on.",
            targets.toArray(Target[]::new))
        .to(Urls.targetOfSeries(chosen.fleet()));
  }

  private static Panel limit(Values values) {
    return Panel.lines(
        "Memory used of GOMEMLIMIT",
        "percentunit",
        "Near 1 the collector works ever harder, and memory stands still.",
        Target.of(Chosen.LEGEND, values.of("gomemlimit_ratio")).needs("GOMEMLIMIT of the process"));
  }

  private static Panel fds(Values values) {
    return Panel.lines(
        "File descriptors used of their limit",
        "percentunit",
        "At 1 accept() and open() fail; connections that leak show here and in goroutines.",
        Target.of(Chosen.LEGEND, values.of("open_fds_ratio")));
  }

  private static List<Panel> restarts(Chosen chosen) {
    List<Panel> panels = new ArrayList<>();
    if (chosen.fleet().exporter()) {
      panels.add(
          Panel.lines(
              "Restarts and OOM kills",
              "short",
              "Of the whole workload, whatever its pods were called, since the exporter knows it.",
              Target.of("restarts {{container}}", rise(chosen, MetricNames.RESTARTS)),
              Target.of("OOM kills {{container}}", rise(chosen, MetricNames.OOM_KILLS))));
    }
    panels.add(
        Panel.lines(
            "Age",
            "dtdurations",
            "How long each process runs; it falls to nothing at a restart.",
            Target.of(
                Chosen.LEGEND,
                Expr.time()
                    .minus(chosen.told(SourceMetrics.PROCESS_START).by("max", Chosen.TARGET)))));
    return panels;
  }

  private static Expr rise(Chosen chosen, String counter) {
    Expr rise = Expr.series(counter, List.of()).over("increase", Query.RATE_INTERVAL);
    return chosen.ofWorkloads(rise).by("max", List.of("namespace", "container"));
  }

  private static List<String> bySignal() {
    return List.of("namespace", "pod", "container", MetricNames.LABEL_SIGNAL);
  }
}
