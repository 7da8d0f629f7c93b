package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.heap.HeapReport;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What growth is divided by.
 *
 * @param unit {@code hour}, {@code request}
 * @param amount of these between the two profiles
 */
record Per(String unit, double amount) {
  private static final Map<String, Double> SECONDS =
      Map.of("second", 1.0, "minute", 60.0, "hour", 3600.0, "day", 86400.0);

  /** Reads {@code --per}: a unit of time, or the number of requests served between the two. */
  static @Nullable Per of(@Nullable String text, HeapReport report) {
    if (text == null) {
      return null;
    }
    Double unit = SECONDS.get(text);
    if (unit != null) {
      Double seconds = report.seconds();
      if (seconds == null) {
        throw new ExitException(
            Cli.INVALID,
            "--per " + text + ": the profiles do not say when they were taken, or in that order");
      }
      return new Per(text, seconds / unit);
    }
    try {
      double requests = Double.parseDouble(text);
      if (requests > 0 && requests < 1e18) {
        return new Per("request", requests);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new ExitException(
        Cli.INVALID,
        "--per " + text + ": needs second, minute, hour, day, or the requests between the two");
  }

  double of(long delta) {
    return delta / amount;
  }
}
