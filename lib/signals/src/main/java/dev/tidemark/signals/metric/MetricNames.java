package dev.tidemark.signals.metric;

import dev.tidemark.signals.signal.Signal;
import java.util.Set;

/** The metrics that tell how a target stands. What the servers tell of themselves: SelfMetrics. */
public final class MetricNames {
  /** {signal}: how far outside its band; above 1 is outside, absent until there are samples. */
  public static final String SCORE = "tidemark_score";

  /** {signal}: 0 none, 1 suspected, 2 confirmed. */
  public static final String LEAK_STATE = "tidemark_leak_state";

  /** {signal}: seconds until the limit at the present growth; absent without growth or limit. */
  public static final String TIME_TO_LIMIT = "tidemark_time_to_limit_seconds";

  /** {signal}: how much was learnt; alerts gate on it. */
  public static final String HISTORY = "tidemark_history_seconds";

  public static final String HEALTH_SCORE = "tidemark_health_score";

  /** {part}. */
  public static final String HEALTH_PART = "tidemark_health_part";

  /** {class}. */
  public static final String TROUBLE = "tidemark_trouble";

  /** One a container of a workload: restarts since it is known. */
  public static final String RESTARTS = "tidemark_restarts_total";

  /** One a container of a workload: kills for memory since it is known. */
  public static final String OOM_KILLS = "tidemark_oom_kills_total";

  public static final String LABEL_SIGNAL = "signal";
  public static final String LABEL_WINDOW = "window";
  public static final String LABEL_QUANTILE = "quantile";
  public static final String LABEL_HORIZON = "horizon";
  public static final String LABEL_CLASS = "class";
  public static final String LABEL_PART = "part";

  /** The label of a target that names its workload. */
  public static final String LABEL_WORKLOAD = "workload";

  /** A label of the scrape, not of ours: keeps two exporters' series apart. */
  public static final String LABEL_REPLICA = "tidemark_replica";

  /** Ours: a label of a source with such a name becomes {@code exported_…}. */
  public static final Set<String> RESERVED =
      Set.of(LABEL_SIGNAL, LABEL_WINDOW, LABEL_QUANTILE, LABEL_HORIZON, LABEL_CLASS, LABEL_PART);

  private MetricNames() {}

  /** The line the signal normally follows: {@code tidemark_heap_live_expected_bytes}. */
  public static String expected(Signal signal) {
    return name(signal, "expected");
  }

  public static String upper(Signal signal) {
    return name(signal, "upper");
  }

  public static String lower(Signal signal) {
    return name(signal, "lower");
  }

  /** {window, quantile}; opt-in. */
  public static String baseline(Signal signal) {
    return name(signal, "baseline");
  }

  /** {horizon}; opt-in: {@code tidemark_heap_live_growth_bytes_per_second}. */
  public static String growth(Signal signal) {
    return name(signal, "growth") + "_per_second";
  }

  /** {horizon}; opt-in: the value that is expected then. */
  public static String forecast(Signal signal) {
    return name(signal, "forecast");
  }

  /** {horizon}; opt-in: mean absolute error of the forecasts that came due lately. */
  public static String forecastError(Signal signal) {
    return name(signal, "forecast_error");
  }

  private static String name(Signal signal, String what) {
    String unit = signal.unit().suffix();
    String name = "tidemark_" + signal.id() + "_" + what;
    return unit.isEmpty() ? name : name + "_" + unit;
  }
}
