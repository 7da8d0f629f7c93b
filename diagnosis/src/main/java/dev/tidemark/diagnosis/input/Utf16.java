package dev.tidemark.diagnosis.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text that begins with the mark of UTF-16 as UTF-8: what PowerShell's {@code >} makes of the
 * output of a command. What is no text comes as U+FFFD.
 */
final class Utf16 extends InputStream {
  private final Reader reader;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
  private final CharBuffer chars = CharBuffer.allocate(4096).flip();
  private final ByteBuffer bytes = ByteBuffer.allocate(3 * 4096 + 8).flip();
  private boolean ended;

  private Utf16(InputStream in, Charset charset) {
    this.reader = new InputStreamReader(in, charset);
  }

  /** The charset that the first two bytes of a file name, or null. */
  static @Nullable Charset named(byte[] head) {
    if (head.length < 2 || (head[0] & 0xff) + (head[1] & 0xff) != 0xff + 0xfe) {
      return null;
    }
    boolean little = (head[0] & 0xff) == 0xff;
    boolean big = (head[0] & 0xff) == 0xfe;
    return little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : null;
  }

  /** Passes over the mark and decodes what follows. */
  static InputStream decoded(InputStream in, Charset charset) throws IOException {
    in.skipNBytes(2);
    return new Utf16(in, charset);
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, bytes.remaining());
    bytes.get(into, offset, read);
    return read;
  }

  private boolean fill() throws IOException {
    while (!bytes.hasRemaining() && !ended) {
      chars.compact();
      ended = reader.read(chars) < 0;
      chars.flip();
      bytes.clear();
      encoder.encode(chars, bytes, ended);
      bytes.flip();
    }
    return bytes.hasRemaining();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
