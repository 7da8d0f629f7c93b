package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.promql.print.Matcher.Op;
import dev.tidemark.rules.rule.Expr;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SourceMetrics;
import dev.tidemark.signals.signal.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which services expose what has to be switched on, and so what nobody can be told of the rest. */
record CoverageBoard() implements Board {
  private static final List<String> SERVICE = List.of("cluster", "namespace", "job");
  private static final List<String> INSTANCE = List.of("cluster", "namespace", "job", "instance");

  @Override
  public String file() {
    return "coverage";
  }

  @Override
  public Dashboard of(Fleet fleet) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of("What services expose", exposed(fleet), note()));
    if (fleet.hasPods()) {
      rows.add(others());
    }
    if (fleet.exporter()) {
      rows.add(Row.of("What is judged", judged(fleet)));
    }
    return new Dashboard(
        "tidemark-coverage",
        "Go metric coverage",
        "Which services expose the metrics that have to be switched on, and what is missing.",
        "1h",
        Variables.programs(SourceMetrics.GO_INFO),
        List.of(),
        Boards.LINKS,
        rows);
  }

  /** What switches metrics on in client_golang, and the first of the metrics it brings. */
  private static Map<String, String> optIns() {
    Map<String, String> optIns = new LinkedHashMap<>();
    Values.all().stream()
        .flatMap(signal -> signal.needs().stream())
        .filter(need -> need.optIn() && need.from().equals("client_golang"))
        .forEach(need -> optIns.putIfAbsent(need.turnOn(), need.metric()));
    return optIns;
  }

  private static Panel exposed(Fleet fleet) {
    Expr instances = instances(SourceMetrics.GO_INFO);
    List<Target> targets = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    if (fleet.hasPods()) {
      columns.add(Column.label("namespace", "Namespace"));
    }
    columns.add(Column.label("job", "Job"));
    columns.add(Column.value('A', "Instances", "short"));
    targets.add(Target.of("", instances));
    char next = 'B';
    for (Map.Entry<String, String> optIn : optIns().entrySet()) {
      Expr share = instances(optIn.getValue()).dividedBy(instances);
      targets.add(Target.of("", share).needs(optIn.getKey()));
      columns.add(Column.value(next++, words(optIn.getKey()), "percentunit"));
    }
    for (Always one : ALWAYS) {
      Expr share = instances(one.metric()).dividedBy(instances);
      targets.add(Target.of("", share).needs(one.since()));
      columns.add(Column.value(next++, one.title(), "percentunit"));
    }
    return Panel.table(
            "Share of instances that expose each group",
            "Of each job with go_info, the share of instances with a metric of each group of client_golang;"
                + " an empty cell: none has it.",
            targets,
            columns)
        .size(24, 10);
  }

  /** What newer client libraries have without being asked. */
  private record Always(String title, String metric, String since) {}

  private static final List<Always> ALWAYS =
      List.of(
          new Always("GOMEMLIMIT told", SourceMetrics.GOMEMLIMIT, "client_golang 1.20 or newer"),
          new Always(
              "Descriptors told", metric("open_fds_ratio"), "the process collector, on Linux"));

  private static String metric(String id) {
    return Values.signal(id).needs().get(0).metric();
  }

  /** {@code collectors.MetricsGC} is short; of a rule its regular expression is what tells it. */
  private static String words(String turnOn) {
    int quote = turnOn.indexOf('"');
    return quote < 0
        ? turnOn.replace("collectors.", "")
        : turnOn.substring(quote + 1, turnOn.indexOf('"', quote + 1)).replaceAll("[\\^.*]", "");
  }

  private static Expr instances(String metric) {
    Expr series = Boards.own(metric);
    boolean counter = metric.endsWith("_total") || metric.endsWith("_bucket");
    Expr present = counter ? series.over("rate", Query.RATE_INTERVAL) : series;
    return present.by("group", INSTANCE).by("count", SERVICE);
  }

  private static Panel note() {
    StringBuilder text = new StringBuilder("What each group tells, and how it is switched on:\n");
    optIns()
        .forEach(
            (turnOn, metric) -> {
              List<String> signals =
                  Values.all().stream()
                      .filter(s -> s.needs().stream().anyMatch(n -> n.turnOn().equals(turnOn)))
                      .map(signal -> signal.id())
                      .toList();
              Need need =
                  Values.all().stream()
                      .flatMap(s -> s.need(metric).stream())
                      .findFirst()
                      .orElseThrow();
              text.append("\n- **")
                  .append(words(turnOn))
                  .append("**: ")
                  .append(String.join(", ", signals))
                  .append(". `")
                  .append(need.hint())
                  .append('`');
            });
    return Panel.note("How to switch them on", text.toString()).size(24, 7);
  }

  private static Row others() {
    return Row.of(
        "What others tell of pods",
        other("cAdvisor", SourceMetrics.WORKING_SET, "Containers with a working set."),
        other(
            "Limits", SourceMetrics.POD_LIMITS, "Containers with a limit, by kube-state-metrics."),
        other("Owners", SourceMetrics.POD_OWNER, "Pods whose owner kube-state-metrics tells."));
  }

  private static Panel other(String title, String metric, String text) {
    Expr rows =
        Expr.series(metric, List.of(new Matcher("pod", Op.NOT_EQ, "")))
            .by("group", List.of("cluster", "namespace", "pod", "container"));
    return Panel.number(
            title, "short", text + " 0: nothing of it is known.", Target.of("", Boards.count(rows)))
        .size(8, 4);
  }

  private static Panel judged(Fleet fleet) {
    Chosen all = new Chosen(fleet, false);
    List<String> target = new ArrayList<>(Chosen.WHOLE);
    target.add(MetricNames.LABEL_SIGNAL);
    List<String> by = List.of("namespace", MetricNames.LABEL_WORKLOAD, MetricNames.LABEL_SIGNAL);
    Expr targets = all.judgedAnywhere(MetricNames.LEAK_STATE).by("max", target).by("count", by);
    Expr learnt = all.judgedAnywhere(MetricNames.HISTORY).by("min", by);
    List<Column> columns = new ArrayList<>();
    if (fleet.hasPods()) {
      columns.add(Column.label("namespace", "Namespace"));
    }
    columns.add(
        Column.label(MetricNames.LABEL_WORKLOAD, "Workload").to(Urls.workloadOfRowAnywhere(fleet)));
    columns.add(Column.label(MetricNames.LABEL_SIGNAL, "Signal"));
    columns.add(Column.value('A', "Targets", "short"));
    columns.add(Column.value('B', "Least learnt", "dtdurations"));
    return Panel.table(
        "Signals judged, by workload",
        "Which signals the exporter judges of each workload, of how many targets, and the least that a"
            + " baseline has learnt. signals: {include: […]} of the exporter adds more.",
        List.of(Target.of("", targets), Target.of("", learnt)),
        columns);
  }
}
