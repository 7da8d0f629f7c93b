package dev.tidemark.exporter.checkpoint;

import java.time.Duration;
import java.time.Instant;

/** Hears what becomes of segments; called on the evaluation thread. */
public interface CheckpointListener {
  /** A source begins with a segment that was sealed then; with the epoch where it has none. */
  void opened(String source, Instant sealed);

  /** A segment is on disk. */
  void sealed(String source, Instant at, long bytes, Duration took);

  /** A segment could not be written; nothing is lost but what a restart would be spared. */
  void notSealed(String source);

  /** A segment was not opened. */
  void setAside(String source, Aside reason);
}
