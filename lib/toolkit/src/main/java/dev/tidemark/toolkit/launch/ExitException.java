package dev.tidemark.toolkit.launch;

/** Ends the program with this exit code and one message; codes: {@link Cli}. */
public final class ExitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  public ExitException(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
