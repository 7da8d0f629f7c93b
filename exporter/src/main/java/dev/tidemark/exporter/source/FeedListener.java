package dev.tidemark.exporter.source;

import java.time.Instant;

/** Hears how the sources do; called on the evaluation thread of each, so on several at a time. */
public interface FeedListener {
  /**
   * A chunk came whole.
   *
   * @param slot its last, epoch milliseconds
   * @param samples how many it held
   */
  void answered(String source, Instant at, long slot, long samples);

  /** An answer was not used. */
  void failed(String source, String reason);

  /** Samples of a chunk that were not used. */
  void rejected(String reason, long count);

  /** Slots fell out of the history before they could be asked for. */
  void missed(long slots);

  /** How much of the history is learnt, 0 to 1. */
  void progress(String source, double ratio);
}
