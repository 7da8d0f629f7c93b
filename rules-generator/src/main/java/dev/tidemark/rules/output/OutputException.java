package dev.tidemark.rules.output;

/** The output folder cannot be trusted or written as it is; the message says why and what to do. */
public final class OutputException extends Exception {
  private static final long serialVersionUID = 1L;

  OutputException(String message) {
    super(message);
  }
}
