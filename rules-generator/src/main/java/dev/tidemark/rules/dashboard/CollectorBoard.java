package dev.tidemark.rules.dashboard;

import java.util.ArrayList;
import java.util.List;

/** What the garbage collector and the scheduler do: a leak below GOMEMLIMIT shows here alone. */
record CollectorBoard() implements Board {
  private static final String UID = "tidemark-gc";

  @Override
  public String file() {
    return "gc-and-scheduler";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    Chosen chosen = new Chosen(fleet, true);
    Values values = new Values(chosen);
    return new Dashboard(
        UID,
        "Go GC and scheduler",
        "Where the CPU goes beside your own code: the garbage collector, and waiting for a turn.",
        "3h",
        Variables.targets(chosen, /* several= */ true),
        Annotations.of(chosen),
        Boards.LINKS,
        List.of(collector(values), scheduler(values, fleet)));
  }

  private static Row collector(Values values) {
    return Row.of(
        "Garbage collector",
        panel(values, "gc_cpu_fraction", "percentunit"),
        panel(values, "gc_rate", "ops"),
        panel(values, "gc_pause_p99", "s"),
        panel(values, "heap_live", "bytes"),
        panel(values, "alloc_rate", "Bps"),
        needs(panel(values, "gomemlimit_ratio", "percentunit"), "GOMEMLIMIT of the process"),
        panel(values, "heap_idle", "bytes"),
        panel(values, "runtime_overhead", "bytes"));
  }

  private static Row scheduler(Values values, Fleet fleet) {
    List<Panel> panels = new ArrayList<>();
    panels.add(panel(values, "sched_latency_p99", "s"));
    panels.add(panel(values, "mutex_wait_rate", "short"));
    panels.add(panel(values, "goroutines_created_rate", "cps"));
    panels.add(panel(values, "threads", "short"));
    if (fleet.hasPods()) {
      panels.add(panel(values, "gomaxprocs_mismatch", "short"));
      panels.add(panel(values, "cpu_throttled_ratio", "percentunit"));
    }
    return new Row("Scheduler", panels);
  }

  private static Panel panel(Values values, String id, String unit) {
    var signal = Values.signal(id);
    return Panel.lines(
            signal.title(),
            unit,
            signal.text(),
            Target.of(Chosen.LEGEND, values.of(id)).needs(Values.needs(id)))
        .size(8, 7)
        .to(Urls.targetOfSeries(values.chosen().fleet()));
  }

  private static Panel needs(Panel panel, String what) {
    return Panel.lines(
            panel.title(), panel.unit(), panel.text(), panel.targets().get(0).needs(what))
        .size(panel.width(), panel.height())
        .to(panel.link());
  }
}
