package dev.tidemark.exporter.checkpoint;

import java.io.IOException;

/** A part of a state that is written, checked and read by itself. */
public interface Block {
  /**
   * What it holds, 1 to {@link #LAST_KIND}. A reader passes over kinds it does not know, so a later
   * release may add some, as long as what they hold can be done without.
   */
  int kind();

  /** Writes it; called once for each segment, on any thread, while the state stands still. */
  void write(BlockOutput out) throws IOException;

  /** Kinds above this are the file's own. */
  int LAST_KIND = 199;
}
