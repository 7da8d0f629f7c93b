package dev.tidemark.toolkit.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The server cannot start as asked: a taken or wrong address, a certificate that cannot be used.
 * The message is for the operator; programs end with exit code 2.
 */
public final class WebStartException extends IOException {
  private static final long serialVersionUID = 1L;

  WebStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
