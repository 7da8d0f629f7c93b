package dev.tidemark.diagnosis.goroutine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a dump within bounds. A dump that a logger wrote into one line, its line ends escaped as
 * backslash and n, is taken apart again.
 */
final class LineReader {
  private final InputStream in;
  private final Limits limits;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int filled;
  private long bytes;
  private final byte[] line;
  private int length;
  private boolean escaped;
  private boolean atLineEnd = true;
  private boolean cut;

  LineReader(InputStream in, Limits limits) {
    this.in = in;
    this.limits = limits;
    this.line = new byte[limits.maxLineBytes()];
  }

  /** The next line without its end, or null after the last one. */
  @Nullable String next() throws IOException {
    length = 0;
    int b = read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0; b = read()) {
      if (b == '\n') {
        escaped = false;
        atLineEnd = true;
        return take();
      }
      atLineEnd = false;
      if (length < line.length) {
        line[length++] = (byte) b;
        if (b == 'n' && endsEscaped()) {
          length -= 2;
          return take();
        }
      }
    }
    return take();
  }

  /** Whether the line so far ends in an escaped line end of a dump written as one line. */
  private boolean endsEscaped() {
    if (length < 2 || line[length - 2] != '\\') {
      return false;
    }
    escaped |= length >= 4 && line[length - 3] == ':' && line[length - 4] == ']';
    return escaped;
  }

  private String take() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    String text = new String(line, 0, end, StandardCharsets.UTF_8);
    return escaped ? text.replace("\\t", "\t") : text;
  }

  private int read() throws IOException {
    if (position == filled) {
      int room = (int) Math.min(buffer.length, limits.maxBytes() - bytes);
      if (room == 0) {
        cut |= !cut && probe() >= 0;
        return -1;
      }
      filled = fill(room);
      position = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
      bytes += filled;
    }
    return buffer[position++] & 0xff;
  }

  private int fill(int room) throws IOException {
    try {
      return in.read(buffer, 0, room);
    } catch (EOFException | ZipException e) {
      cut = true; // a compressed file that ends early: what came before is still worth reading
      return -1;
    }
  }

  private int probe() throws IOException {
    try {
      return in.read();
    } catch (EOFException | ZipException e) {
      return -1;
    }
  }

  long bytes() {
    return bytes;
  }

  /** Whether the last line ended as lines do. */
  boolean endedCleanly() {
    return atLineEnd;
  }

  /** Whether reading stopped before the end of the data. */
  boolean wasCut() {
    return cut;
  }
}
