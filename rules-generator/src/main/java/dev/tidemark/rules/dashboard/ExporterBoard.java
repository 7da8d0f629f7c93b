package dev.tidemark.rules.dashboard;

import static dev.tidemark.rules.dashboard.Boards.orZero;
import static dev.tidemark.rules.dashboard.Boards.own;
import static dev.tidemark.rules.dashboard.Boards.quantile;
import static dev.tidemark.rules.dashboard.Boards.rate;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.List;

/** Whether the exporter can be believed now: fresh sources, nothing refused, time to spare. */
record ExporterBoard() implements Board {
  @Override
  public String file() {
    return "exporter";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    return new Dashboard(
        "tidemark-exporter",
        "Tidemark exporter",
        "Whether the exporter can be believed: fresh sources, nothing refused, time to spare.",
        "6h",
        Variables.programs(SelfMetrics.SERIES),
        List.of(),
        Boards.LINKS,
        List.of(now(), sources(), work(), checkpoint(), process()));
  }

  private static Row now() {
    return Row.of(
        "Now",
        number(
            "Age of the data",
            "s",
            "Since the last slot that was judged, of the source that is furthest behind.",
            age(SelfMetrics.SOURCE_LAST_SLOT).by("max", List.of()),
            Scale.PLAIN),
        number(
            "Learnt of the past",
            "percentunit",
            "How much of the history the slowest source has learnt; 1 once live.",
            own(SelfMetrics.BACKFILL_PROGRESS).by("min", List.of()),
            Scale.PLAIN),
        number(
            "Series",
            "short",
            "Signals of targets that are judged.",
            own(SelfMetrics.SERIES).by("sum", List.of()),
            Scale.PLAIN),
        number(
            "Workloads",
            "short",
            "Workloads whose history is held.",
            own(SelfMetrics.WORKLOADS).by("sum", List.of()),
            Scale.PLAIN),
        number(
            "Refused",
            "short",
            "Series turned away at a bound, in the time shown.",
            own(SelfMetrics.SERIES_REFUSED).over("increase", Query.RANGE).by("sum", List.of()),
            Scale.NONE_IS_GOOD),
        number(
            "Configuration good",
            "short",
            "Whether the last reload was good; else the one before is in force.",
            own(SelfMetrics.CONFIG_GOOD).by("min", List.of()),
            Scale.GOOD));
  }

  private static Panel number(String title, String unit, String text, Expr expr, Scale scale) {
    return Panel.number(title, unit, text, Target.of("", expr)).scale(scale);
  }

  private static Row sources() {
    return Row.of(
        "Sources",
        Panel.lines(
            "Age of the data, by source",
            "s",
            "Since the last slot that was judged, and since the last whole answer. A few intervals are normal.",
            Target.of(
                "judged {{source}}",
                age(SelfMetrics.SOURCE_LAST_SLOT).by("max", List.of("instance", "source"))),
            Target.of(
                "answered {{source}}",
                age(SelfMetrics.SOURCE_LAST_SUCCESS).by("max", List.of("instance", "source")))),
        Panel.lines(
            "Answers that were not used",
            "cps",
            "By reason; baselines never learn from a partial answer.",
            Target.of(
                "{{source}} {{reason}}",
                orZero(
                    rate(own(SelfMetrics.SOURCE_FAILURES), "source", "reason"),
                    SelfMetrics.SOURCE_LAST_SLOT,
                    "source"))),
        Panel.lines(
            "Samples taken in",
            "cps",
            "By source, backfill included.",
            Target.of("{{source}}", rate(own(SelfMetrics.SOURCE_SAMPLES), "source"))),
        Panel.lines(
            "Samples and slots turned away",
            "cps",
            "Samples by reason, and slots that fell out of the history before they could be asked for.",
            Target.of(
                "{{reason}}",
                orZero(rate(own(SelfMetrics.SAMPLES_REFUSED), "reason"), SelfMetrics.SERIES)),
            Target.of("slots missed", rate(own(SelfMetrics.SLOTS_MISSED)))));
  }

  private static Row work() {
    return Row.of(
        "Work",
        Panel.lines(
            "Series by signal",
            "short",
            "What is held, of each exporter.",
            Target.of(
                "{{instance}} {{signal}}",
                own(SelfMetrics.SERIES).by("sum", List.of("instance", "signal")))),
        Panel.lines(
            "Series refused",
            "cps",
            "By reason: total and workload are limits of the configuration, same_labels are two series of one"
                + " name.",
            Target.of("{{reason}}", rate(own(SelfMetrics.SERIES_REFUSED), "reason"))),
        Panel.lines(
            "Time of an evaluation",
            "s",
            "99th percentile of one pass over the samples of a slot or more; it has to stay below the"
                + " interval.",
            Target.of("{{instance}}", quantile(0.99, SelfMetrics.EVALUATION_DURATION, "instance"))),
        Panel.lines(
            "Time of a scrape",
            "s",
            "What Prometheus saw, of the exporter's judged series and of its own metrics; right how many"
                + " samples a scrape holds.",
            Target.of("{{job}} {{instance}}", scraped(SourceMetrics.SCRAPE_DURATION)),
            Target.of("samples {{job}} {{instance}}", scraped(SourceMetrics.SCRAPE_SAMPLES))
                .right("short")));
  }

  /** Both endpoints are scraped by a job each, and the variable chooses only one of them. */
  private static Expr scraped(String metric) {
    return Expr.series(metric, List.of(new Matcher("instance", Op.RE, "$instance")))
        .by("max", List.of("job", "instance"));
  }

  private static Row checkpoint() {
    String needs = "--storage.path of the exporter, and an hour";
    return Row.of(
        "Checkpoint",
        Panel.lines(
                "Age of the checkpoint",
                "s",
                "Since a state was sealed on disk last; an hour is normal, and a restart asks for so much.",
                Target.of(
                        "{{instance}} {{source}}",
                        age(SelfMetrics.CHECKPOINT_LAST_SUCCESS)
                            .by("max", List.of("instance", "source")))
                    .needs(needs))
            .size(8, 8),
        Panel.lines(
                "Size of a segment",
                "bytes",
                "Bytes of the segment that was sealed last, and right how long sealing it took.",
                Target.of(
                        "{{instance}} {{source}}",
                        own(SelfMetrics.CHECKPOINT_BYTES).by("max", List.of("instance", "source")))
                    .needs(needs),
                Target.of(
                        "took {{instance}} {{source}}",
                        own(SelfMetrics.CHECKPOINT_DURATION)
                            .by("max", List.of("instance", "source")))
                    .right("s")
                    .needs(needs))
            .size(8, 8),
        Panel.lines(
                "What went wrong",
                "cps",
                "Segments that could not be written or opened, and sources that were learnt again.",
                Target.of(
                    "not written",
                    orZero(rate(own(SelfMetrics.CHECKPOINT_FAILURES)), SelfMetrics.SERIES)),
                Target.of(
                    "set aside: {{reason}}",
                    orZero(
                        rate(own(SelfMetrics.CHECKPOINT_SET_ASIDE), "reason"), SelfMetrics.SERIES)),
                Target.of(
                    "started over",
                    orZero(rate(own(SelfMetrics.STARTED_OVER)), SelfMetrics.SERIES)))
            .size(8, 8));
  }

  private static Row process() {
    return Row.of(
        "Process",
        Panel.lines(
            "Memory of the exporter",
            "bytes",
            "What is resident of each exporter.",
            Target.of("{{instance}}", own(SourceMetrics.RSS).by("max", List.of("instance")))),
        Panel.lines(
            "CPU of the exporter",
            "percentunit",
            "Share of one processor.",
            Target.of("{{instance}}", rate(own(SourceMetrics.PROCESS_CPU), "instance"))));
  }

  /** Since a time; of 0, which is never, nothing. */
  private static Expr age(String timestamp) {
    return Expr.time().minus(own(timestamp).compare(">", 0));
  }
}
