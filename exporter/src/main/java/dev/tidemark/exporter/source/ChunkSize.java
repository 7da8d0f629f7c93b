package dev.tidemark.exporter.source;

import java.time.Duration;

/**
 * How many slots to ask for at once: few when there are many series, so that memory and the
 * source's work stay bounded whatever the fleet's size. For one thread.
 */
final class ChunkSize {
  /** Prometheus refuses more than 11,000 points a series. */
  static final int MAX_SLOTS = 10_000;

  /**
   * Samples of a signal in a chunk: 16 MB of memory, and again for the chunk that is read ahead.
   */
  static final int SAMPLES = 2_000_000;

  /**
   * Samples of all signals together that fit in any case: most of what a row costs is its labels.
   */
  static final int IN_ALL = 6_000_000;

  /** The first chunk only tells how wide the fleet is. */
  private static final int FIRST = 60;

  /** The fleet may be wider later; then the next chunk is smaller again. */
  private static final int GROWTH = 8;

  /**
   * No answer should keep the source busy for longer: others ask it as well, and half a timeout is
   * left for a bad moment.
   */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private int size = FIRST;

  int slots() {
    return size;
  }

  /**
   * After a chunk that came whole.
   *
   * @param width series of the signal that has most
   * @param series of all signals
   * @param took how long the source worked on it
   */
  void learn(int slots, int width, int series, Duration took) {
    int fits = Math.max(SAMPLES / Math.max(width, 1), IN_ALL / Math.max(series, 1));
    int grown = slots < size ? size : size * GROWTH;
    size = Math.max(1, Math.min(Math.min(fits, Math.min(grown, paced(slots, took))), MAX_SLOTS));
  }

  /** What it would have done in time; what small chunks cost is not their slots. */
  private int paced(int slots, Duration took) {
    double inTime = (double) slots * LONGEST.toMillis() / Math.max(took.toMillis(), 1);
    int least = slots < size ? size : Math.min(slots, FIRST);
    return (int) Math.max(least, Math.min(inTime, MAX_SLOTS));
  }

  /** After a chunk that was too much for the source. */
  void halve() {
    size = Math.max(1, size / 2);
  }
}
