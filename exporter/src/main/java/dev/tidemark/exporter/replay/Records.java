package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into lines, or into records of RFC 4180 whose quoted fields hold no line ends, so
 * that a quote without its end costs its own line. Memory is bounded whatever comes: a record over
 * the bound is told as such and passed over. For one thread.
 */
final class Records {
  /** More than any row of numbers and labels; a label value of Kubernetes has 63 characters. */
  static final int LONGEST = 1 << 16;

  /** Commas that are remembered; a header has fewer columns. */
  static final int MOST_COMMAS = 1024;

  /** What is wrong with a record as a record. */
  enum Flaw {
    NONE,
    TOO_LONG,
    UNCLOSED,
    MISQUOTED
  }

  private enum At {
    FIELD_START,
    PLAIN,
    QUOTED,
    QUOTE
  }

  private final InputStream in;
  private final boolean quotes;
  private byte[] buffer = new byte[4 * LONGEST];
  private int position;
  private int end;
  private boolean ended;
  private int from;
  private int to;
  private Flaw flaw = Flaw.NONE;
  private final int[] commas = new int[MOST_COMMAS];
  private int commaCount;
  private boolean quoted;
  private long read;

  /**
   * @param quotes whether fields may be quoted; else every line end ends a record
   */
  Records(InputStream in, boolean quotes) {
    this.in = in;
    this.quotes = quotes;
  }

  /** Goes to the next record; false at the end. */
  boolean next() throws IOException {
    from = position;
    commaCount = 0;
    quoted = false;
    flaw = Flaw.NONE;
    At at = At.FIELD_START;
    int i = position;
    while (true) {
      if (i == end) {
        int moved = i - from;
        if (!fill()) {
          return last(at);
        }
        i = from + moved;
      }
      byte b = buffer[i];
      if (b == '\n') {
        position = i + 1;
        return cut(i, at);
      }
      if (i - from > LONGEST) {
        return passOver();
      }
      at = quotes ? after(at, b, i) : At.PLAIN;
      i++;
    }
  }

  private At after(At at, byte b, int i) {
    if (at == At.QUOTED) {
      return b == '"' ? At.QUOTE : At.QUOTED;
    }
    if (b == ',') {
      if (commaCount < MOST_COMMAS) {
        commas[commaCount] = i - from;
      }
      commaCount++;
      return At.FIELD_START;
    }
    if (b == '"') {
      return switch (at) {
        case FIELD_START -> {
          quoted = true;
          yield At.QUOTED;
        }
        case QUOTE -> At.QUOTED;
        case PLAIN, QUOTED -> At.PLAIN; // a quote inside a plain field is a character
      };
    }
    if (at == At.QUOTE) {
      if (b == '\r') {
        return At.QUOTE;
      }
      flaw = Flaw.MISQUOTED;
    }
    return At.PLAIN;
  }

  private boolean last(At at) {
    position = end;
    return from < end && cut(end, at);
  }

  private boolean cut(int lineEnd, At at) {
    to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
    if (at == At.QUOTED) {
      flaw = Flaw.UNCLOSED;
    }
    return true;
  }

  private boolean passOver() throws IOException {
    flaw = Flaw.TOO_LONG;
    int i = from;
    while (true) {
      while (i < end && buffer[i] != '\n') {
        i++;
      }
      if (i < end) {
        position = i + 1;
        break;
      }
      from = end;
      position = end;
      if (!fill()) {
        break;
      }
      i = from;
    }
    from = position;
    to = position;
    return true;
  }

  /** Reads on, keeping what lies from {@link #from} on; false at the end of the stream. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int kept = end - from;
    System.arraycopy(buffer, from, buffer, 0, kept);
    position -= from;
    from = 0;
    end = kept;
    int n = in.read(buffer, end, buffer.length - end);
    if (n < 0) {
      ended = true;
      return false;
    }
    end += n;
    read += n;
    return n > 0 || fill();
  }

  /** Passes over a byte order mark; before the first record. */
  void passOverMark() throws IOException {
    while (end - position < 3 && fill()) {
      // a stream may give one byte at a time
    }
    if (end - position >= 3
        && buffer[position] == (byte) 0xef
        && buffer[position + 1] == (byte) 0xbb
        && buffer[position + 2] == (byte) 0xbf) {
      position += 3;
    }
    from = position;
  }

  Flaw flaw() {
    return flaw;
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean isBlank() {
    return to == from && flaw == Flaw.NONE;
  }

  /** Whether any field is quoted. */
  boolean quoted() {
    return quoted;
  }

  int fields() {
    return commaCount + 1;
  }

  /** Where a field begins, its quote included. */
  int fieldFrom(int field) {
    return field == 0 ? from : from + commas[Math.min(field, MOST_COMMAS) - 1] + 1;
  }

  int fieldTo(int field) {
    return field < Math.min(commaCount, MOST_COMMAS) ? from + commas[field] : to;
  }

  /** Bytes taken from the stream. */
  long bytesRead() {
    return read;
  }
}
