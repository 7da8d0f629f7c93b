package dev.tidemark.toolkit.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more than {@code max} bytes came through. */
final class BoundedStream extends FilterInputStream {
  /** The bound was passed. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long max) {
      super("the reply is larger than " + max + " bytes");
    }
  }

  private final long max;
  private long seen;

  BoundedStream(InputStream in, long max) {
    super(in);
    this.max = max;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = in.read(into, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] scratch = new byte[(int) Math.min(8192, Math.max(0, bytes))];
    return Math.max(0, read(scratch, 0, scratch.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws IOException {
    seen += bytes;
    if (seen > max) {
      throw new TooLarge(max);
    }
  }
}
