package dev.tidemark.exporter.exposition;

import dev.tidemark.signals.signal.Signal;

/** The HELP texts: they stand in front of whoever finds a metric before its documentation. */
final class Help {
  static final String SCORE =
      "How far outside its band a signal is; above 1 is outside. Absent until there are enough samples and when data is older than 5 minutes.";
  static final String LEAK_STATE =
      "Whether a signal grows like a leak: 0 no, 1 suspected, 2 confirmed. Absent when data is older than 5 minutes.";
  static final String TIME_TO_LIMIT =
      "Seconds until a signal reaches its limit at its present growth. Absent without a limit or significant growth.";
  static final String HISTORY =
      "How much time the own baseline of a series has learnt; gate alerts on it.";

  static final String TROUBLE =
      "1 while a target has this trouble. By default absent otherwise; with outputs.health 0 where it can be told that it has not.";
  static final String HEALTH_SCORE =
      "How well a target is, 0 to 100: half the mean of its parts, half the worst.";
  static final String HEALTH_PART = "What the health score is made of, 0 to 100 each.";
  static final String RESTARTS =
      "Restarts of a container of a workload, whatever its pods were called.";
  static final String OOM_KILLS =
      "Restarts and processes of a container of a workload that were killed for memory.";

  private Help() {}

  static String forecast(Signal signal) {
    return signal.title()
        + ": where it is expected a horizon ahead. Absent while its workload leaks.";
  }

  static String forecastError(Signal signal) {
    return signal.title() + ": mean absolute error of the forecasts that came due lately.";
  }

  static String expected(Signal signal) {
    return signal.title() + ": the line it normally follows.";
  }

  static String upper(Signal signal) {
    return signal.title() + ": upper edge of the band around its normal line.";
  }

  static String lower(Signal signal) {
    return signal.title() + ": lower edge of the band around its normal line.";
  }

  static String growth(Signal signal) {
    return signal.title() + ": growth a second over a horizon, since the process started.";
  }

  static String baseline(Signal signal) {
    return signal.title() + ": quantiles of what the baseline learnt in a window.";
  }
}
