package dev.tidemark.exporter.replay;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** A file, or standard input as {@code -}; compressed ones are told by their first bytes. */
public final class RecordedFile {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final InputStream standardInput;

  public RecordedFile(String name, InputStream standardInput) {
    this.name = name;
    this.standardInput = standardInput;
  }

  /** What people call it. */
  public String name() {
    return isStandardInput() ? "standard input" : name;
  }

  boolean isStandardInput() {
    return name.equals("-");
  }

  /** Opens it at its beginning; standard input can be opened once. */
  InputStream open() throws IOException {
    return decompressed(isStandardInput() ? standardInput : Files.newInputStream(Path.of(name)));
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(new NeverDry(in), BUFFER) : in;
  }

  /** A file that can be read twice: itself, or a copy that the caller deletes. */
  RecordedFile rereadable(Path copy) throws IOException {
    if (!isStandardInput() && Files.isRegularFile(Path.of(name))) {
      return this;
    }
    try (InputStream in = isStandardInput() ? standardInput : Files.newInputStream(Path.of(name))) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return new RecordedFile(copy.toString(), standardInput);
  }

  /** The JDK takes a pipe without bytes at hand for the end of a file of several gzip members. */
  private static final class NeverDry extends FilterInputStream {
    NeverDry(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
