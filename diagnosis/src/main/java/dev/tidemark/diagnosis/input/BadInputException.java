package dev.tidemark.diagnosis.input;

import java.io.IOException;

/**
 * A file is not what was asked for, or is broken. The message goes on after the file's name: {@code
 * is empty; needs …}, {@code at byte 1024 claims 10 strings; needs at most 3}.
 */
public final class BadInputException extends IOException {
  private static final long serialVersionUID = 1L;

  private BadInputException(String message) {
    super(message);
  }

  /** The whole file is something else: {@code is an HTML page}, and what would be right. */
  public static BadInputException wrongFile(String found, String needs) {
    return new BadInputException(needs.isEmpty() ? found : found + "; needs " + needs);
  }

  /**
   * One place of the file is broken.
   *
   * @param offset in bytes from the start, after unpacking
   */
  public static BadInputException at(long offset, String found, String needs) {
    return new BadInputException("at byte " + offset + " " + found + "; needs " + needs);
  }
}
