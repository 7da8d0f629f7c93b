package dev.tidemark.exporter.replay;

import java.io.IOException;

/** Nobody takes what is printed any more, or there is no room for it. */
public final class OutputClosedException extends IOException {
  private static final long serialVersionUID = 1;

  OutputClosedException(IOException cause) {
    super("cannot write the output: " + cause.getMessage(), cause);
  }
}
