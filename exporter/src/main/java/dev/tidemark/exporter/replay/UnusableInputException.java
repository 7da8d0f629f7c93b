package dev.tidemark.exporter.replay;

import java.io.IOException;

/** The file as a whole is not what was promised; the message says what would be right. */
public final class UnusableInputException extends IOException {
  private static final long serialVersionUID = 1;

  UnusableInputException(String message) {
    super(message);
  }
}
