package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.source.Chunk;

/**
 * Some slots of a chunk.
 *
 * @param from place of the first
 * @param to place after the last
 */
record Span(Chunk chunk, int from, int to) {
  /** Epoch milliseconds. */
  long slot(int place) {
    return chunk.first() + place * chunk.step();
  }

  long last() {
    return slot(to - 1);
  }

  int slots() {
    return to - from;
  }
}
