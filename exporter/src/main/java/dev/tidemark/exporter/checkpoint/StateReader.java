package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Makes a state of blocks.
 *
 * @param <P> what a block becomes
 * @param <S> the state
 */
public interface StateReader<P, S> {
  /** Reads one block, on any thread; empty for a kind that is not known. */
  Optional<P> block(int kind, BlockInput in) throws IOException;

  /**
   * Puts the parts together, in the order their blocks were written.
   *
   * @param slot the last that was judged, epoch milliseconds
   */
  S state(long slot, List<P> parts) throws IOException;
}
