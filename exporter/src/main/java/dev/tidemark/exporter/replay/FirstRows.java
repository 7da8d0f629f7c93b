package dev.tidemark.exporter.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Looks at the first rows of a CSV for their spacing, and gives them back to be judged. */
final class FirstRows {
  /** A first row of each of 100,000 series, and a second. */
  private static final long MOST_ROWS = 200_000;

  private static final long MOST_BYTES = 16 << 20;

  private final Spacing spacing = new Spacing();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final InputStream in;

  FirstRows(InputStream in) throws IOException {
    this.in = in;
    CsvInput rows = new CsvInput(new Remembering(in, seen));
    Row row = new Row();
    long count = 0;
    while (!spacing.isEnough()
        && count++ < MOST_ROWS
        && rows.bytesRead() < MOST_BYTES
        && rows.next(row)) {
      if (row.refused == null) {
        spacing.add(row);
      }
    }
  }

  Spacing spacing() {
    return spacing;
  }

  /** The whole stream, its first rows included. */
  InputStream whole() {
    return new SequenceInputStream(new ByteArrayInputStream(seen.toByteArray()), in);
  }

  private static final class Remembering extends FilterInputStream {
    private final ByteArrayOutputStream seen;

    Remembering(InputStream in, ByteArrayOutputStream seen) {
      super(in);
      this.seen = seen;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      if (n > 0) {
        seen.write(into, offset, n);
      }
      return n;
    }
  }
}
