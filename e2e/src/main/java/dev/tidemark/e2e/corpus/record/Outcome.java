package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.Leak;
import dev.tidemark.e2e.corpus.data.Samples;
import org.jspecify.annotations.Nullable;

/** What became of a leak, and how complete a recording is. */
final class Outcome {
  private static final long MINUTE = 60_000;

  private static final double HOUR = 3600;

  private Outcome() {}

  /**
   * The leak with times in seconds of the corpus, and when its limit is reached: at the last sample
   * of a process that ended there, else from there on at the true rate.
   */
  static @Nullable Leak of(@Nullable Leak planned, Samples samples, boolean atLimit) {
    if (planned == null) {
      return null;
    }
    double first = samples.millis()[0] / 1000.0;
    double last = samples.millis()[samples.rows() - 1] / 1000.0;
    double start = Math.max(CorpusTime.secondsAt(planned.start()), first);
    Leak leak =
        new Leak(
            planned.kind(),
            planned.signal(),
            planned.raises(),
            start,
            planned.perHour(),
            planned.limit(),
            planned.limitOf(),
            null,
            false);
    if (atLimit) {
      return leak.reachedAt(last, true);
    }
    double left = leak.limit() - level(leak.limitOf(), samples);
    double hours = Math.max(0, left) / limitPerHour(leak, samples);
    return leak.reachedAt(last + hours * HOUR, false);
  }

  private static double level(String signal, Samples samples) {
    return samples.at(metric(signal), samples.rows() - 1);
  }

  private static String metric(String signal) {
    return signal.equals("goroutines") ? "go_goroutines" : "process_resident_memory_bytes";
  }

  /** The rate of the signal that the limit is of; where another one leaks, as it was recorded. */
  private static double limitPerHour(Leak leak, Samples samples) {
    if (leak.limitOf().equals(leak.signal())) {
      return leak.perHour();
    }
    int last = samples.rows() - 1;
    int from = 0;
    while (from < last && samples.millis()[from] < leak.start() * 1000) {
      from++;
    }
    String metric = metric(leak.limitOf());
    double hours = (samples.millis()[last] - samples.millis()[from]) / 1000.0 / HOUR;
    double rise = samples.at(metric, last) - samples.at(metric, from);
    return Math.max(rise, 1) / Math.max(hours, 1 / 60.0);
  }

  /** How many scrapes there should be, a minute apart, while a pod was there. */
  static long scrapesDue(Samples samples) {
    return 1
        + Math.round(
            (double) (samples.millis()[samples.rows() - 1] - samples.millis()[0]) / MINUTE);
  }
}
