package dev.tidemark.diagnosis.input;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Evidence as plain bytes, whether it comes packed by gzip or as UTF-16 or not. Ends after a number
 * of bytes, so that a small file that unpacks to a huge one costs no more than a large one; {@link
 * #wasCut} says whether there would have been more. Not for several threads.
 */
public final class Input extends InputStream {
  private static final int BUFFER = 64 * 1024;

  /** How often a file may be packed: a profile that is packed already, packed again by a tool. */
  private static final int MOST_LAYERS = 3;

  private final BufferedInputStream in;
  private final List<Unpacked> layers;
  private final long maxBytes;
  private long bytes;
  private boolean cut;

  private Input(BufferedInputStream in, List<Unpacked> layers, long maxBytes) {
    this.in = in;
    this.layers = layers;
    this.maxBytes = maxBytes;
  }

  /**
   * Packed data that may end early or be damaged: what came before is still worth reading. It ends
   * there, beneath the buffer, which would drop what it holds at an exception.
   */
  private static final class Unpacked extends FilterInputStream {
    private boolean cut;

    Unpacked(InputStream packed) throws IOException {
      super(new GZIPInputStream(packed, BUFFER));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return cut ? -1 : super.read(into, offset, length);
      } catch (EOFException | ZipException e) {
        cut = true;
        return -1;
      }
    }
  }

  /**
   * Opens evidence; the stream given is closed with this one.
   *
   * @param maxBytes to read at most, after unpacking
   * @throws BadInputException when it begins like a gzip file and is none
   */
  public static Input open(InputStream in, long maxBytes) throws IOException {
    BufferedInputStream plain = new BufferedInputStream(in, BUFFER);
    List<Unpacked> layers = new ArrayList<>();
    for (int layer = 0; layer < MOST_LAYERS && isGzip(plain); layer++) {
      try {
        Unpacked unpacked = new Unpacked(plain);
        layers.add(unpacked);
        plain = new BufferedInputStream(unpacked, BUFFER);
      } catch (EOFException | ZipException e) {
        throw BadInputException.wrongFile("is a gzip file that is cut or damaged", "");
      }
    }
    Charset wide = Utf16.named(peek(plain, 2));
    if (wide != null) {
      plain = new BufferedInputStream(Utf16.decoded(plain, wide), BUFFER);
    }
    return new Input(plain, layers, maxBytes);
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    byte[] head = peek(in, 2);
    return head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
  }

  private static byte[] peek(BufferedInputStream in, int most) throws IOException {
    in.mark(most);
    byte[] head = in.readNBytes(most);
    in.reset();
    return head;
  }

  /** The first bytes, fewer where the file ends; they are still to be read. */
  public byte[] head(int most) throws IOException {
    return peek(in, Math.min(most, BUFFER));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int room = (int) Math.min(length, maxBytes - bytes);
    if (room <= 0) {
      cut |= !cut && in.read() >= 0;
      return -1;
    }
    int read = in.read(into, offset, room);
    bytes += Math.max(read, 0);
    return read;
  }

  /** How many bytes have been read, after unpacking. */
  public long bytes() {
    return bytes;
  }

  /** Whether reading ended before the data: packed data cut or damaged, or the bound reached. */
  public boolean wasCut() {
    return cut || layers.stream().anyMatch(layer -> layer.cut);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
