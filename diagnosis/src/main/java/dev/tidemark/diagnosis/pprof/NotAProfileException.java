package dev.tidemark.diagnosis.pprof;

import java.io.IOException;

/** The bytes hold no valid profile; the message says where and what was expected there. */
public final class NotAProfileException extends IOException {
  private static final long serialVersionUID = 1L;

  NotAProfileException(String message) {
    super(message);
  }

  static NotAProfileException at(long offset, String message) {
    return new NotAProfileException(
        "is no valid profile: at byte " + offset + " (unpacked) " + message);
  }
}
