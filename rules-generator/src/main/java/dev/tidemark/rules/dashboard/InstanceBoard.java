package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.signals.signal.Side;
import dev.tidemark.signals.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One pod or process: each signal in its band, and why it is said to be unwell. */
record InstanceBoard() implements Board {
  static final String UID = "tidemark-instance";

  private static final String RSS_JUDGED = "signals: {include: [rss, …]} of the exporter";

  @Override
  public String file() {
    return "instance";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    Chosen chosen = new Chosen(fleet, true);
    Values values = new Values(chosen);
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(
            "Levels",
            goroutines(chosen, values),
            band(chosen, "Live heap", "bytes", "heap_live", values.one("heap_live"), ""),
            memory(chosen)));
    if (fleet.exporter()) {
      rows.add(Row.of("Growth", growth(chosen), timeToLimit(chosen), forecast(chosen)));
      if (fleet.hasPods()) {
        rows.add(Row.of("Memory of its limit", ofLimit(chosen, values)));
      }
      rows.add(Row.of("Judged", scores(chosen), leaks(chosen), trouble(chosen), health(chosen)));
    } else {
      rows.add(new Row("Judged", RecordedRows.rises(chosen)));
    }
    rows.add(Row.of("Runtime", gc(values), stacks(values), threads(values), age(chosen)));
    return new Dashboard(
        UID,
        "Go instance",
        "One pod or process: each signal in its band, growth and forecast.",
        "6h",
        Variables.targets(chosen, /* several= */ false),
        Annotations.of(chosen),
        Boards.LINKS,
        rows);
  }

  private static Panel goroutines(Chosen chosen, Values values) {
    Panel panel = band(chosen, "Goroutines", "short", "goroutines", values.one("goroutines"), "");
    List<Target> targets = new ArrayList<>(panel.targets());
    targets.add(
        Target.of("scheduler latency P99", values.one("sched_latency_p99"))
            .right("s")
            .needs(Values.needs("sched_latency_p99")));
    return Panel.lines(
            panel.title(),
            panel.unit(),
            panel.text() + " Right, dotted: how long goroutines that could run waited for a CPU.",
            targets.toArray(Target[]::new))
        .size(24, 10);
  }

  private static Panel memory(Chosen chosen) {
    Expr used = Memory.of(chosen).by("max", List.of());
    if (!chosen.fleet().hasPods()) {
      return band(chosen, "Resident memory", "bytes", "rss", used, RSS_JUDGED);
    }
    Panel pods = band(chosen, "Memory charged to it", "bytes", "working_set", used, "");
    if (!chosen.fleet().hasProcesses() || !chosen.fleet().exporter()) {
      return pods;
    }
    Panel processes = band(chosen, "", "", "rss", used, "");
    List<Target> either = new ArrayList<>();
    for (Target target : pods.targets()) {
      either.add(
          processes.targets().stream()
              .filter(other -> other.legend().equals(target.legend()))
              .filter(other -> target.style() == Style.UPPER || target.style() == Style.EXPECTED)
              .findFirst()
              .map(other -> target.or(other).needs("of a plain process " + RSS_JUDGED))
              .orElse(target));
    }
    return Panel.lines(pods.title(), "bytes", pods.text(), either.toArray(Target[]::new))
        .size(pods.width(), pods.height());
  }

  /**
   * A signal between the edges of its band.
   *
   * @param needs what the exporter has to be told before there is a band; empty: nothing
   */
  private static Panel band(
      Chosen chosen, String title, String unit, String id, Expr value, String needs) {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.of("now", value));
    Signal signal = Values.signal(id);
    if (chosen.fleet().exporter()) {
      if (signal.side() != Side.LOW) {
        targets.add(edge(chosen, "upper", MetricNames.upper(signal)).as(Style.UPPER).needs(needs));
      }
      if (signal.side() != Side.HIGH) {
        targets.add(edge(chosen, "lower", MetricNames.lower(signal)).as(Style.LOWER).needs(needs));
      }
      targets.add(
          edge(chosen, "expected", MetricNames.expected(signal)).as(Style.EXPECTED).needs(needs));
    } else {
      targets.addAll(RecordedRows.band(chosen, id));
    }
    Optional<Expr> limit = new Values(chosen).limit(id);
    limit.ifPresent(
        expr ->
            targets.add(
                Target.of("limit", expr).as(Style.LIMIT).needs("a limit of memory or GOMEMLIMIT")));
    return Panel.lines(
            title,
            unit,
            signal.text() + " The band is where it normally is; dashed the line it follows.",
            targets.toArray(Target[]::new))
        .size(12, 9);
  }

  private static Target edge(Chosen chosen, String name, String metric) {
    return Target.of(name, chosen.judged(metric).by("max", List.of()));
  }

  private static Panel growth(Chosen chosen) {
    List<String> by = List.of(MetricNames.LABEL_HORIZON);
    return Panel.lines(
            "Growth",
            "short",
            "Theil-Sen slope since the process started, over each horizon: goroutines a second, and right"
                + " bytes of live heap a second.",
            Target.of(
                    "goroutines {{horizon}}",
                    chosen.judged(MetricNames.growth(Values.signal("goroutines"))).by("max", by))
                .needs(Boards.GROWTH),
            Target.of(
                    "live heap {{horizon}}",
                    chosen.judged(MetricNames.growth(Values.signal("heap_live"))).by("max", by))
                .right("Bps")
                .needs(Boards.GROWTH))
        .size(8, 8);
  }

  private static Panel timeToLimit(Chosen chosen) {
    return Panel.lines(
            "Time to limit",
            "dtdurations",
            "How long until a signal reaches its limit at its present growth.",
            Target.of("{{signal}}", bySignal(chosen, MetricNames.TIME_TO_LIMIT, "min")))
        .size(8, 8)
        .empty("Nothing grows towards a limit.");
  }

  private static Panel forecast(Chosen chosen) {
    String horizon = MetricNames.LABEL_HORIZON;
    String needs =
        "outputs: {forecast: [5m, 30m], forecastOf: [goroutines, heap_live]} of the exporter";
    Signal heap = Values.signal("heap_live");
    Signal goroutines = Values.signal("goroutines");
    return Panel.lines(
            "Forecast",
            "short",
            "Where signals are expected a horizon ahead: goroutines, and right live heap. Absent while the"
                + " workload leaks.",
            Target.of(
                    "goroutines in {{horizon}}",
                    chosen.judged(MetricNames.forecast(goroutines)).by("max", List.of(horizon)))
                .needs(needs),
            Target.of(
                    "live heap in {{horizon}}",
                    chosen.judged(MetricNames.forecast(heap)).by("max", List.of(horizon)))
                .right("bytes")
                .needs(needs))
        .size(8, 8);
  }

  private static Panel ofLimit(Chosen chosen, Values values) {
    String id = "memory_limit_ratio";
    return Panel.lines(
            "Memory used of the container's limit, and its forecast",
            "percentunit",
            "At 1 the kernel kills. Dashed: where it is expected a horizon ahead; an autoscaler can read the"
                + " same.",
            Target.of("now", values.one(id)),
            Target.of(
                    "in {{horizon}}",
                    chosen
                        .judged(MetricNames.forecast(Values.signal(id)))
                        .by("max", List.of(MetricNames.LABEL_HORIZON)))
                .as(Style.EXPECTED)
                .needs(
                    "signals: {include: [memory_limit_ratio, …]} and outputs: {forecast: [5m]} of the"
                        + " exporter"))
        .size(24, 8);
  }

  private static Panel scores(Chosen chosen) {
    return Panel.lines(
        "How far outside the band, by signal",
        "short",
        "The score of each signal, above 1 is outside; and right how much the baseline has learnt.",
        Target.of("{{signal}}", bySignal(chosen, MetricNames.SCORE, "max")),
        Target.of("learnt {{signal}}", bySignal(chosen, MetricNames.HISTORY, "max"))
            .right("dtdurations"));
  }

  private static Panel leaks(Chosen chosen) {
    return Panel.states(
            "Leak states",
            "Whether each signal grows like a leak.",
            Scale.LEAK_STATE,
            Target.of("{{signal}}", bySignal(chosen, MetricNames.LEAK_STATE, "max")))
        .size(12, 8);
  }

  private static Panel trouble(Chosen chosen) {
    String sort = MetricNames.LABEL_CLASS;
    return Panel.states(
            "Trouble",
            "The classes of trouble it has; with outputs: {health: true} also those it is known not to have."
                + " docs/health.md.",
            Scale.PRESENT,
            Target.of("{{class}}", chosen.judged(MetricNames.TROUBLE).by("max", List.of(sort))))
        .size(12, 7)
        .empty("It was in no trouble in this time.");
  }

  private static Panel health(Chosen chosen) {
    String part = MetricNames.LABEL_PART;
    String needs = "outputs: {health: true} of the exporter";
    return Panel.lines(
            "Health",
            "short",
            "0 to 100: half the mean of the parts, half the worst.",
            Target.of("score", chosen.judged(MetricNames.HEALTH_SCORE).by("min", List.of()))
                .needs(needs),
            Target.of("{{part}}", chosen.judged(MetricNames.HEALTH_PART).by("min", List.of(part)))
                .needs(needs))
        .size(12, 7);
  }

  private static Expr bySignal(Chosen chosen, String metric, String of) {
    return chosen.judged(metric).by(of, List.of(MetricNames.LABEL_SIGNAL));
  }

  private static Panel gc(Values values) {
    return Panel.lines(
        "Garbage collector",
        "ops",
        "Collections a second, and right the 99th percentile of their pauses, or the longest of the last 256"
            + " where the histogram is not switched on.",
        Target.of("collections", values.one("gc_rate")),
        Target.of("pause P99", values.one("gc_pause_p99")).right("s"));
  }

  private static Panel stacks(Values values) {
    return Panel.lines(
        "Stacks",
        "bytes",
        "Bytes in stacks, and right of one goroutine: the first rises with the number of goroutines, the"
            + " second with the depth of calls.",
        Target.of("stacks", values.one("stack_inuse")),
        Target.of("of a goroutine", values.one("stack_per_goroutine")).right("bytes"));
  }

  private static Panel threads(Values values) {
    return Panel.lines(
        "Threads and file descriptors",
        "short",
        "OS threads, which the runtime hardly ever ends, and right the share of the file descriptors used.",
        Target.of("threads", values.one("threads")),
        Target.of("file descriptors", values.one("open_fds_ratio")).right("percentunit"));
  }

  private static Panel age(Chosen chosen) {
    return Panel.lines(
        "Age",
        "dtdurations",
        "How long the process runs.",
        Target.of(
            "age",
            Expr.time().minus(chosen.told(SourceMetrics.PROCESS_START).by("max", List.of()))));
  }
}
