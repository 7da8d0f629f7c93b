package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of a profile after decompression, counted and bounded. */
final class ByteSource {
  /** Nothing is told of half a profile: the names come last. */
  static final String AGAIN = "all of the profile: fetch it again";

  private final Input in;
  private final long limit;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int filled;
  private long before;

  ByteSource(Input in, long limit) {
    this.in = in;
    this.limit = limit;
  }

  /** How many bytes have been read. */
  long offset() {
    return before + position;
  }

  boolean hasMore() throws IOException {
    return position < filled || fill();
  }

  /** The next byte; the end is an error that says what was expected. */
  int next(String expected) throws IOException {
    if (position == filled && !fill()) {
      throw BadInputException.at(
          offset(), "ends early, where " + expected + " was to follow", AGAIN);
    }
    return buffer[position++] & 0xff;
  }

  /** Memory grows with the bytes that are there, not with what the length claims. */
  byte[] take(int length, String expected) throws IOException {
    byte[] bytes = new byte[Math.min(length, buffer.length)];
    for (int done = 0; done < length; ) {
      if (position == filled && !fill()) {
        throw early(length - done, expected);
      }
      if (done == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      int part = Math.min(bytes.length - done, filled - position);
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  void skip(long length, String expected) throws IOException {
    for (long left = length; left > 0; ) {
      if (position == filled && !fill()) {
        throw early(left, expected);
      }
      int part = (int) Math.min(left, filled - position);
      position += part;
      left -= part;
    }
  }

  /** The next line without its end; null after the last. */
  @Nullable String line(int longest) throws IOException {
    if (!hasMore()) {
      return null;
    }
    long start = offset();
    byte[] bytes = new byte[128];
    int length = 0;
    while (hasMore()) {
      int b = buffer[position++];
      if (b == '\n') {
        break;
      }
      if (length == longest) {
        throw BadInputException.at(start, "has a longer line", "at most " + longest + " bytes");
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) b;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private BadInputException early(long left, String expected) {
    String found = "ends early, " + left + " bytes of " + expected + " are missing";
    return BadInputException.at(offset(), found, AGAIN);
  }

  private boolean fill() throws IOException {
    before += filled;
    position = 0;
    filled = 0;
    filled = Math.max(in.read(buffer, 0, buffer.length), 0);
    if (filled == 0 && in.wasCut()) {
      throw before == limit
          ? BadInputException.at(before, "goes on", "at most " + limit + " bytes")
          : BadInputException.at(before, "the gzip data ends early or is damaged", AGAIN);
    }
    return filled > 0;
  }
}
