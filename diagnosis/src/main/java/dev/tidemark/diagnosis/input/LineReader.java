package dev.tidemark.diagnosis.input;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text within bounds, as slices of one buffer for whoever is in a hurry ({@link #advance})
 * or as strings ({@link #next}). A stack that a logger wrote into one line, its line ends escaped
 * as backslash and n, is taken apart again. Of a line longer than the bound only the start is kept.
 */
public final class LineReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LINE_ENDS = ONES * '\n';
  private static final long BACKSLASHES = ONES * '\\';

  private final InputStream in;
  private final int maxLine;
  private final byte[] buffer;
  private int position;
  private int filled;
  private long consumed;
  private long changes;
  private int start;
  private int end;
  private long offset;
  private boolean escaped;
  private boolean shortened;
  private boolean atLineEnd = true;
  private boolean ended;

  /**
   * Reads lines of a stream, which it does not close.
   *
   * @param maxLineBytes of one line; the rest of a longer one is passed over
   */
  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLine = maxLineBytes;
    this.buffer = new byte[maxLineBytes + 64 * 1024];
  }

  /** The next line without its end, or null after the last one. */
  public @Nullable String next() throws IOException {
    return advance() ? text() : null;
  }

  /** Goes to the next line; false after the last one. */
  public boolean advance() throws IOException {
    if (position == filled && !fill()) {
      return false;
    }
    escaped &= !atLineEnd;
    start = position;
    offset = consumed + position;
    for (int at = position; ; at++) {
      if (at == filled) {
        if (at - start > maxLine) {
          at = forget(at);
        }
        at -= start; // filling moves the line to the front
        if (!fill()) {
          atLineEnd = false;
          return take(filled - start, filled);
        }
      }
      while (at + Long.BYTES <= filled
          && !endsNear((long) LONGS.get(buffer, at))
          && (at == start || buffer[at - 1] != '\\')) {
        at += Long.BYTES;
      }
      if (at == filled) {
        at--; // all of it was looked at: the loop goes on where more is read
        continue;
      }
      byte b = buffer[at];
      if (b == '\n') {
        atLineEnd = true;
        return take(at - start, at + 1);
      }
      if (b == 'n' && at > start && buffer[at - 1] == '\\' && endsEscaped(at)) {
        atLineEnd = false;
        return take(at - 1 - start, at + 1);
      }
    }
  }

  /**
   * Whether a line end or a backslash is among eight bytes: after xor with it such a byte is zero,
   * and taking one from a zero byte borrows (Anderson, Bit Twiddling Hacks).
   */
  private static boolean endsNear(long eight) {
    long ends = eight ^ LINE_ENDS;
    long escapes = eight ^ BACKSLASHES;
    return ((((ends - ONES) & ~ends) | ((escapes - ONES) & ~escapes)) & HIGH_BITS) != 0;
  }

  /** Drops the middle of an overlong line, all but the bytes that may open an escaped end. */
  private int forget(int at) {
    int tail = Math.min(3, at - start - maxLine);
    int to = start + maxLine + tail;
    changes++;
    System.arraycopy(buffer, at - tail, buffer, start + maxLine, tail);
    consumed += at - to;
    filled = to;
    return to;
  }

  /** Whether backslash and n here are the end of a line: they follow a header, or one did. */
  private boolean endsEscaped(int at) {
    escaped |= at - 3 >= start && buffer[at - 2] == ':' && buffer[at - 3] == ']';
    return escaped;
  }

  private boolean take(int length, int next) {
    int kept = Math.min(length, maxLine);
    shortened = kept < length;
    position = next;
    end = start + (kept > 0 && buffer[start + kept - 1] == '\r' ? kept - 1 : kept);
    return true;
  }

  /** Where the next line starts, of which the bytes up to {@link #filled} are read already. */
  public int behind() {
    return position;
  }

  /** Where what is read already ends. */
  public int filled() {
    return filled;
  }

  /** Goes on there, where a line starts, as if all lines before had been asked for. */
  public void skipTo(int line) {
    position = line;
    atLineEnd = true;
  }

  /** How often the buffer was changed: while it is the same, what lies in it stays. */
  public long changes() {
    return changes;
  }

  /** Moves the line that began to the front and reads more; false at the end. */
  private boolean fill() throws IOException {
    changes++;
    int length = filled - position;
    System.arraycopy(buffer, position, buffer, 0, length);
    consumed += position;
    position = 0;
    start = 0;
    filled = length;
    int read = ended ? -1 : in.read(buffer, length, buffer.length - length);
    ended = read <= 0;
    filled += Math.max(read, 0);
    return !ended;
  }

  /** The line, for as long as the next one is not asked for. */
  public String text() {
    String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
    return escaped ? text.replace("\\t", "\t") : text;
  }

  /** What {@link #start} and {@link #end} point into; changes with each line. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the line starts in the buffer. */
  public int start() {
    return start;
  }

  /** Where it ends, line end not included. */
  public int end() {
    return end;
  }

  /** Whether the line comes from an escaped text, so that a TAB is two characters. */
  public boolean isEscaped() {
    return escaped;
  }

  /** Whether the line was longer than the bound. */
  public boolean isShortened() {
    return shortened;
  }

  /** Bytes before the line. */
  public long offset() {
    return offset;
  }

  /** Whether the last line ended as lines do. */
  public boolean endedCleanly() {
    return atLineEnd;
  }
}
