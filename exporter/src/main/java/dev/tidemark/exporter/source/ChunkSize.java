package dev.tidemark.exporter.source;

/**
 * How many slots to ask for at once: few when there are many series, so that memory and the
 * source's work stay bounded whatever the fleet's size. For one thread.
 */
final class ChunkSize {
  /** Prometheus refuses more than 11,000 points a series. */
  static final int MAX_SLOTS = 10_000;

  /** Samples of a signal in a chunk: 8 MB of memory and about 25 MB of JSON. */
  static final int SAMPLES = 1_000_000;

  /** The first chunk only tells how wide the fleet is. */
  private static final int FIRST = 60;

  /** The fleet may be wider later; then the next chunk is smaller again. */
  private static final int GROWTH = 8;

  private int size = FIRST;

  int slots() {
    return size;
  }

  /** After a chunk that came whole. */
  void learn(int slots, int width) {
    int fits = SAMPLES / Math.max(width, 1);
    int grown = slots < size ? size : size * GROWTH;
    size = Math.max(1, Math.min(Math.min(fits, grown), MAX_SLOTS));
  }

  /** After a chunk that was too much for the source. */
  void halve() {
    size = Math.max(1, size / 2);
  }
}
