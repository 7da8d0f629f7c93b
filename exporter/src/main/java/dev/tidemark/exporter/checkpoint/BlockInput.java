package dev.tidemark.exporter.checkpoint;

import dev.tidemark.toolkit.text.Words;
import java.io.DataInput;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BlockOutput} wrote. Every read is bounded by the block, or the section it was
 * cut out as: damage ends in an {@link EOFException}, never in more memory than the block holds.
 * Not safe for several threads.
 */
public final class BlockInput implements DataInput {
  private static final VarHandle CHARS =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** A section of a block. */
  public record Section(int type, BlockInput body) {}

  private final byte[] bytes;
  private final Words words;
  private final int end;
  private int at;

  public BlockInput(byte[] bytes) {
    this(bytes, 0, bytes.length, new Words());
  }

  private BlockInput(byte[] bytes, int from, int end, Words words) {
    this.bytes = bytes;
    this.words = words;
    this.at = from;
    this.end = end;
  }

  public boolean hasMore() {
    return at < end;
  }

  /** The next section, whatever of the one before was read. */
  public Section nextSection() throws EOFException {
    int type = readUnsignedByte();
    int length = readInt();
    int from = take(length);
    return new Section(type, new BlockInput(bytes, from, from + length, words));
  }

  /**
   * How many things follow.
   *
   * @throws IOException where there cannot be so many, each being a byte at least
   */
  public int readCount() throws IOException {
    int count = readInt();
    if (count < 0 || count > end - at) {
      throw new IOException("damaged block: " + count + " entries in " + (end - at) + " bytes");
    }
    return count;
  }

  private int take(int length) throws EOFException {
    if (length < 0 || length > end - at) {
      throw new EOFException(length + " bytes wanted, " + (end - at) + " left");
    }
    int from = at;
    at += length;
    return from;
  }

  @Override
  public void readFully(byte[] b) throws EOFException {
    readFully(b, 0, b.length);
  }

  @Override
  public void readFully(byte[] b, int off, int len) throws EOFException {
    int from = take(len);
    System.arraycopy(bytes, from, b, off, len);
  }

  @Override
  public int skipBytes(int n) {
    int skipped = Math.max(0, Math.min(n, end - at));
    at += skipped;
    return skipped;
  }

  @Override
  public boolean readBoolean() throws EOFException {
    return readByte() != 0;
  }

  @Override
  public byte readByte() throws EOFException {
    return bytes[take(1)];
  }

  @Override
  public int readUnsignedByte() throws EOFException {
    return readByte() & 0xff;
  }

  @Override
  public short readShort() throws EOFException {
    return (short) readChar();
  }

  @Override
  public int readUnsignedShort() throws EOFException {
    return readChar();
  }

  @Override
  public char readChar() throws EOFException {
    return (char) CHARS.get(bytes, take(Character.BYTES));
  }

  @Override
  public int readInt() throws EOFException {
    return (int) INTS.get(bytes, take(Integer.BYTES));
  }

  @Override
  public long readLong() throws EOFException {
    return (long) LONGS.get(bytes, take(Long.BYTES));
  }

  @Override
  public float readFloat() throws EOFException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws EOFException {
    return Double.longBitsToDouble(readLong());
  }

  @Override
  public String readLine() {
    throw new UnsupportedOperationException("a block has no lines");
  }

  @Override
  public String readUTF() throws EOFException {
    int length = readInt();
    return words.same(new String(bytes, take(length), length, StandardCharsets.UTF_8));
  }
}
