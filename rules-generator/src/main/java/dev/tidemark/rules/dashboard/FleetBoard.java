package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.dashboard.Column.Sort;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * What dies next, and what ails the fleet: where one looks first.
 *
 * @param team whose; empty: everybody's
 */
record FleetBoard(String team) implements Board {
  private static final String UID = "tidemark-fleet";
  private static final String SIGNAL = MetricNames.LABEL_SIGNAL;

  @Override
  public String file() {
    return team.isEmpty() ? "fleet" : "fleet-" + team;
  }

  @Override
  public Dashboard of(Fleet fleet) {
    Chosen chosen = new Chosen(fleet, false);
    List<Row> rows = new ArrayList<>();
    if (fleet.exporter()) {
      rows.add(now(chosen));
      rows.add(Row.of("What dies next", diesNext(chosen)));
      rows.add(Row.of("Leaks", leaks(chosen), leaking(chosen)));
      rows.add(Row.of("Trouble", trouble(chosen), troubles(chosen)));
      rows.add(Row.of("Alerts", alerts(fleet)));
      rows.add(Row.of("Workloads", workloads(chosen)));
    } else {
      rows.add(Row.of("Alerts", alerts(fleet)));
      rows.addAll(RecordedRows.fleet(chosen));
    }
    return new Dashboard(
        team.isEmpty() ? UID : uid(team),
        team.isEmpty() ? "Go fleet" : "Go fleet: " + team,
        "What dies next, what leaks, what is in trouble"
            + (team.isEmpty() ? "." : ", of team " + team + "."),
        "6h",
        Variables.workloads(chosen),
        List.of(),
        Boards.LINKS,
        rows);
  }

  /** At most 40 characters, as Grafana wants; two long names of one beginning stay two. */
  private static String uid(String team) {
    String plain = UID + "-" + team.replace('.', '-');
    return plain.length() <= 40 && plain.equals(UID + "-" + team)
        ? plain
        : UID + "-" + String.format("%08x", team.hashCode());
  }

  private static Row now(Chosen chosen) {
    Expr states = chosen.judged(MetricNames.LEAK_STATE);
    Expr worst = states.by("max", Chosen.WHOLE);
    return Row.of(
        "Now",
        number("Targets", "Pods and processes that are judged.", Scale.PLAIN, worst),
        number(
            "Workloads",
            "Controllers, or jobs of plain processes, that they belong to.",
            Scale.PLAIN,
            states.by("max", List.of("cluster", "namespace", MetricNames.LABEL_WORKLOAD))),
        number(
            "Leaking",
            "Targets of which a signal grows in every way a leak does.",
            Scale.NONE_IS_GOOD,
            worst.compare("==", 2)),
        number(
            "Suspected",
            "Targets of which a signal grows as a leak does, but not enough of the way yet.",
            Scale.NONE_IS_GOOD,
            worst.compare("==", 1)),
        number(
            "Outside their band",
            "Targets of which a signal is where it normally is not: score above 1.",
            Scale.NONE_IS_GOOD,
            chosen.judged(MetricNames.SCORE).by("max", Chosen.WHOLE).compare(">", 1)),
        number(
            "In trouble",
            "Targets with a class of trouble, as below.",
            Scale.NONE_IS_GOOD,
            chosen.judged(MetricNames.TROUBLE).by("max", Chosen.WHOLE).compare("==", 1)));
  }

  private static Panel number(String title, String text, Scale scale, Expr rows) {
    return Panel.number(title, "short", text, Target.of("", Boards.count(rows))).scale(scale);
  }

  private static Panel diesNext(Chosen chosen) {
    List<String> by = bySignal(SIGNAL);
    Expr left = chosen.judged(MetricNames.TIME_TO_LIMIT).by("min", by);
    return Panel.table(
            "What dies next",
            "Seconds until a signal reaches its limit at its present growth: the nearest first. A limit is"
                + " the container's memory, GOMEMLIMIT, file descriptors or what the exporter's limits say.",
            List.of(
                Target.of("", left),
                Target.of("", chosen.judged(MetricNames.LEAK_STATE).by("max", by).and(by, left)),
                Target.of("", chosen.judged(MetricNames.SCORE).by("max", by).and(by, left))),
            columns(
                chosen.fleet(),
                Column.label(SIGNAL, "Signal"),
                Column.value('A', "Time to limit", "dtdurations").sorted(Sort.SMALLEST_FIRST),
                Column.value('B', "Leak", "").in(Scale.LEAK_STATE),
                Column.value('C', "Score", "")))
        .empty("Nothing grows towards a limit.");
  }

  private static Panel leaks(Chosen chosen) {
    List<String> by = bySignal(SIGNAL);
    Expr state = chosen.judged(MetricNames.LEAK_STATE).by("max", by).compare(">", 0);
    return Panel.table(
            "Leak states",
            "Every signal that grows like a leak, with or without a limit.",
            List.of(
                Target.of("", state),
                Target.of("", chosen.judged(MetricNames.SCORE).by("max", by).and(by, state))),
            columns(
                chosen.fleet(),
                Column.label(SIGNAL, "Signal"),
                Column.value('A', "Leak", "").in(Scale.LEAK_STATE).sorted(Sort.LARGEST_FIRST),
                Column.value('B', "Score", "")))
        .size(14, 8)
        .empty("Nothing leaks.");
  }

  private static Panel leaking(Chosen chosen) {
    Expr states = chosen.judged(MetricNames.LEAK_STATE).by("max", bySignal(SIGNAL));
    return Panel.lines(
            "Leaks by signal",
            "short",
            "How many targets leak, and of how many it is suspected.",
            Target.of("{{signal}} confirmed", states.compare("==", 2).by("count", List.of(SIGNAL))),
            Target.of("{{signal}} suspected", states.compare("==", 1).by("count", List.of(SIGNAL))))
        .size(10, 8)
        .empty("Nothing leaked in this time.");
  }

  private static Panel trouble(Chosen chosen) {
    String sort = MetricNames.LABEL_CLASS;
    return Panel.table(
            "Trouble",
            "Each class of trouble a target has; docs/health.md says what each means and when it is wrong.",
            List.of(
                Target.of(
                    "",
                    chosen.judged(MetricNames.TROUBLE).by("max", bySignal(sort)).compare("==", 1))),
            columns(
                chosen.fleet(),
                Column.label(sort, "Class"),
                Column.value('A', "Present", "").in(Scale.PRESENT)))
        .size(14, 8)
        .empty("No target is in trouble.");
  }

  private static Panel troubles(Chosen chosen) {
    String sort = MetricNames.LABEL_CLASS;
    return Panel.lines(
            "Trouble by class",
            "short",
            "How many targets have each class of trouble.",
            Target.of(
                "{{class}}",
                chosen
                    .judged(MetricNames.TROUBLE)
                    .by("max", bySignal(sort))
                    .compare("==", 1)
                    .by("count", List.of(sort))))
        .size(10, 8)
        .empty("No target was in trouble in this time.");
  }

  private Panel alerts(Fleet fleet) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.label("alertname", "Alert"));
    columns.add(Column.label("severity", "Severity"));
    columns.add(Column.label("team", "Team"));
    columns.addAll(columns(fleet));
    columns.add(Column.value('A', "Fires", "").in(Scale.PRESENT));
    List<String> by = List.of("alertname", "severity", "team", "namespace", "workload", "pod");
    Expr firing =
        firing(Matcher.notEqual("pod", ""))
            .or(
                firing(Matcher.equal("pod", ""))
                    .in("label_replace", "pod", "$1", "instance", "(.+)"));
    return Panel.table(
            "Alerts that fire",
            "What the rules of this specification tell now, by Prometheus' own account.",
            List.of(Target.of("", firing.by("max", by))),
            columns)
        .empty("No alert fires.");
  }

  private Expr firing(Matcher pod) {
    Matcher whose = team.isEmpty() ? Matcher.notEqual("team", "") : Matcher.equal("team", team);
    return Expr.series(
        SourceMetrics.ALERTS, List.of(Matcher.equal("alertstate", "firing"), whose, pod));
  }

  private static Panel workloads(Chosen chosen) {
    List<String> by = List.of("cluster", "namespace", MetricNames.LABEL_WORKLOAD);
    Expr states = chosen.judged(MetricNames.LEAK_STATE).by("max", Chosen.WHOLE);
    Expr scores = chosen.judged(MetricNames.SCORE).by("max", Chosen.WHOLE);
    List<Column> columns = new ArrayList<>(columns(chosen.fleet()));
    columns.removeIf(column -> column.field().equals("pod"));
    columns.add(Column.value('A', "Targets", ""));
    columns.add(Column.value('B', "Leaking", "").sorted(Sort.LARGEST_FIRST));
    columns.add(Column.value('C', "Outside their band", ""));
    columns.add(Column.value('D', "Restarts", ""));
    columns.add(Column.value('E', "OOM kills", ""));
    return Panel.table(
        "Workloads",
        "How many targets each workload has and how they are; restarts and OOM kills in the time shown.",
        List.of(
            Target.of("", states.by("count", by)),
            Target.of("", states.compare("==", 2).by("count", by)),
            Target.of("", scores.compare(">", 1).by("count", by)),
            Target.of("", restarts(chosen, MetricNames.RESTARTS, by)),
            Target.of("", restarts(chosen, MetricNames.OOM_KILLS, by))),
        columns);
  }

  private static Expr restarts(Chosen chosen, String counter, List<String> by) {
    // two exporters count the same
    List<String> container = new ArrayList<>(by);
    container.add("container");
    Expr rise = Expr.series(counter, List.of()).over("increase", Query.RANGE);
    return chosen.ofWorkloads(rise).by("max", container).by("sum", by);
  }

  private static List<String> bySignal(String label) {
    return List.of("cluster", "namespace", MetricNames.LABEL_WORKLOAD, "pod", label);
  }

  private static List<Column> columns(Fleet fleet, Column... more) {
    List<Column> columns = new ArrayList<>();
    if (fleet.hasPods()) {
      columns.add(Column.label("namespace", "Namespace"));
    }
    columns.add(Column.label(MetricNames.LABEL_WORKLOAD, "Workload").to(Urls.workloadOfRow(fleet)));
    columns.add(
        Column.label("pod", fleet.hasPods() ? "Pod or instance" : "Instance")
            .to(Urls.targetOfRow(fleet)));
    columns.addAll(List.of(more));
    return columns;
  }
}
