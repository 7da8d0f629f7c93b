package dev.tidemark.rules.rule;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Scenario.Input;
import dev.tidemark.signals.metric.MetricNames;
import java.util.List;

/** Alerts on a class of trouble that the exporter decides on. */
public final class Trouble {
  private Trouble() {}

  /**
   * @param trouble the class, as in the label: {@code gc_thrash}
   * @param what what the target does, after its name
   */
  public static Made made(Service service, String trouble, String summary, String what) {
    Selection selection = service.selection();
    Expr expr =
        Targets.exposed(
                selection, MetricNames.TROUBLE, Matcher.equal(MetricNames.LABEL_CLASS, trouble))
            .by("max", Targets.groupingWithWorkload(selection))
            .compare(">", 0);
    return Made.of(
            expr,
            summary,
            Targets.nameOfEither(selection).text(" " + what),
            cases(service, trouble))
        .ofWorkloadOfSeries();
  }

  private static List<Scenario> cases(Service service, String trouble) {
    Cases cases = Cases.ofExposed(service);
    String series = series(cases, trouble, "a");
    return cases
        .fires("trouble fires, and ends when it ends", 1, Input.bad(series, 0, 1))
        .fires(
            "two exporters make one alert, though one sees nothing",
            1,
            Input.bad(series, 0, 1),
            Input.steady(series(cases, trouble, "b"), 0))
        .silent("no trouble stays silent", Input.steady(series, 0))
        .silent("another trouble stays silent", Input.bad(series(cases, "other", "a"), 0, 1))
        .all();
  }

  private static String series(Cases cases, String trouble, String replica) {
    return cases
        .fixture()
        .exposed(
            cases.fixture().target(),
            MetricNames.TROUBLE,
            MetricNames.LABEL_CLASS,
            trouble,
            replica);
  }
}
