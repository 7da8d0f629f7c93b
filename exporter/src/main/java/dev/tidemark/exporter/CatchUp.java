package dev.tidemark.exporter;

import dev.tidemark.exporter.source.Grid;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Instant;

/** Tells when a history, or what a long outage left to learn, was learnt up to the present. */
final class CatchUp {
  /** An hour at the usual interval; from here on chunks are large and leave much behind. */
  static final int LEAST_SLOTS = 120;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Grid grid;
  private long present = NEVER;

  CatchUp(Grid grid) {
    this.grid = grid;
  }

  /**
   * To be asked after each pass.
   *
   * @return whether a long way ended with it
   */
  boolean endedWith(SourceStatus status, Instant now) {
    // a slot may have become due while the one before was judged
    if (!status.isLive() || status.slot() < grid.due(now) - grid.step()) {
      return false;
    }
    boolean far = status.slot() - present >= LEAST_SLOTS * grid.step();
    present = status.slot();
    return far;
  }
}
