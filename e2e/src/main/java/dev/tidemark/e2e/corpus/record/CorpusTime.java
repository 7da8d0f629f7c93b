package dev.tidemark.e2e.corpus.record;

import java.time.Duration;

/**
 * The compressed time of a recording.
 *
 * @param begin when it begins, epoch milliseconds of the real clock
 * @param day how long a day lasts
 */
record CorpusTime(long begin, Duration day) {
  /** Wednesday, 7 January 2026, midnight UTC: the beginning of every recording. */
  static final long EPOCH_SECONDS = 1_767_744_000L;

  private static final double DAY_SECONDS = 86_400;
  private static final long MINUTES = 1440;

  /** Seconds of the corpus in a real second. */
  double factor() {
    return DAY_SECONDS * 1000 / day.toMillis();
  }

  /** A minute of the corpus: what scrapes are apart. */
  Duration minute() {
    return day.dividedBy(MINUTES);
  }

  /** A real time, epoch milliseconds, as the corpus tells it. */
  long stretched(long realMillis) {
    return EPOCH_SECONDS * 1000 + Math.round((realMillis - begin) * factor());
  }

  /** The real time of an hour of the corpus, epoch milliseconds. */
  long realAt(double hour) {
    return begin + Math.round(hour / 24 * day.toMillis());
  }

  /** Epoch seconds of the corpus at an hour of it. */
  static double secondsAt(double hour) {
    return EPOCH_SECONDS + hour * 3600;
  }
}
