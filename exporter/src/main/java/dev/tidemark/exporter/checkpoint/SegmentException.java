package dev.tidemark.exporter.checkpoint;

import java.io.IOException;

/** A segment cannot be gone on from. */
final class SegmentException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Aside reason;

  SegmentException(Aside reason, String message) {
    super(message);
    this.reason = reason;
  }

  Aside reason() {
    return reason;
  }
}
