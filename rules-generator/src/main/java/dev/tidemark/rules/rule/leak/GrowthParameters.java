package dev.tidemark.rules.rule.leak;

import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Parameter;
import dev.tidemark.rules.rule.Parameters;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.List;

/** How long growth is looked at, and how much of it matters, where Prometheus alone judges. */
record GrowthParameters(double perHour, List<Window> windows) {
  static final Parameter<Double> PER_HOUR =
      Parameter.numberOrAuto(
          "growthPerHour",
          1,
          1e12,
          "engine promql: a rise that matters, in an hour, in the signal's unit; auto: a fifth of"
              + " the workload's lowest level of a week over either window. The exporter judges"
              + " growth itself and takes only auto");

  static final Parameter<Duration> FAST =
      Parameter.duration(
          "fast", Duration.ofHours(1), "engine promql: the window for leaks that kill in hours");

  static final Parameter<Duration> SLOW =
      Parameter.duration(
          "slow", Duration.ofHours(6), "engine promql: the window for leaks that take days");

  private static final Duration LONGEST = Duration.ofHours(24);

  static GrowthParameters of(Service service, Alert alert, Parameters with) {
    double perHour = with.get(PER_HOUR);
    Duration fast = with.get(FAST);
    Duration slow = with.get(SLOW);
    if (alert.engine() == Engine.EXPORTER && !Double.isNaN(perHour)) {
      with.refuse(
          PER_HOUR,
          alert.place(),
          "needs auto: the exporter judges growth itself, over several horizons");
    }
    if (fast.isZero() || slow.compareTo(fast) <= 0 || slow.compareTo(LONGEST) > 0) {
      with.refuse(SLOW, alert.place(), "needs 0 < fast < slow, and at most 24h");
      return of(service);
    }
    refuseWorkload(service, alert, with);
    return new GrowthParameters(perHour, windows(service, fast, slow));
  }

  /** The defaults. */
  static GrowthParameters of(Service service) {
    return new GrowthParameters(Double.NaN, windows(service, FAST.otherwise(), SLOW.otherwise()));
  }

  /** One where samples are so rare that both would be as long. */
  private static List<Window> windows(Service service, Duration fast, Duration slow) {
    Window first = Window.of(fast, service.settings());
    Window second = Window.of(slow, service.settings());
    return first.half().equals(second.half()) ? List.of(first) : List.of(first, second);
  }

  static void refuseWorkload(Service service, Alert alert, Parameters with) {
    for (Matcher matcher : service.selection().direct()) {
      if (alert.engine() == Engine.PROMQL && matcher.label().equals(MetricNames.LABEL_WORKLOAD)) {
        with.refuse(
            alert.place(),
            "engine promql cannot select by workload, which only the exporter knows: name the"
                + " namespace and pod, or the job");
      }
    }
  }
}
