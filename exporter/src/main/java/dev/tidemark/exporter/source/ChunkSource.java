package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;

/** Tells what happened on the grid. For one thread at a time. */
public interface ChunkSource {
  /**
   * Reads consecutive slots, whole. Where that failed and the same slots are asked for next, only
   * what is missing is read.
   *
   * @throws PrometheusException where any of the answers failed
   * @throws PartialAnswerException where any of them was partial; nothing is to be learnt from it
   */
  Chunk read(long first, int slots) throws PrometheusException, PartialAnswerException;

  /**
   * How many answers were of use so far. Where this grows although chunks fail, the next one may
   * bring what is missing. For any thread.
   */
  long answered();

  /** What makes a series that of a target, for people. */
  String match();

  /** What is wrong although the last chunk was whole, for people; empty when nothing is. */
  String trouble();
}
