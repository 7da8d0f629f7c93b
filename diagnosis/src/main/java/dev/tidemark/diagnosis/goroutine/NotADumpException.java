package dev.tidemark.diagnosis.goroutine;

import java.io.IOException;

/** The bytes hold no goroutine dump; the message says what they seem to be. */
public final class NotADumpException extends IOException {
  private static final long serialVersionUID = 1L;

  NotADumpException(String message) {
    super(message);
  }
}
