package dev.tidemark.exporter.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hands on what was judged before waiting for more, so that a pipe shows each row as it comes. */
final class FlushBeforeWait extends FilterInputStream {
  private final Output output;

  FlushBeforeWait(InputStream in, Output output) {
    super(in);
    this.output = output;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (in.available() == 0) {
      output.flush();
    }
    return super.read(into, offset, length);
  }
}
