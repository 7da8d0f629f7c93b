package dev.tidemark.exporter.checkpoint;

import java.io.DataOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes in memory, big-endian as {@link DataOutput} says, with sections whose length is known to
 * the reader before it reads them. Not safe for several threads.
 */
public final class BlockOutput implements DataOutput {
  private static final VarHandle CHARS =
      MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[1 << 12];
  private int size;

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** What was written; a view that is good until more is. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  /** Copies what was written. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  void clear() {
    size = 0;
  }

  /**
   * Begins a section, which {@link BlockInput#nextSection} finds the end of.
   *
   * @param type 1 to 255
   * @return what {@link #endSection} wants to know
   */
  public int beginSection(int type) {
    writeByte(type);
    writeInt(0);
    return size;
  }

  /** Ends the section that began there. */
  public void endSection(int begin) {
    INTS.set(bytes, begin - Integer.BYTES, size - begin);
  }

  private int reserve(int more) {
    int at = size;
    if (more > bytes.length - at) {
      if (more > Integer.MAX_VALUE - 8 - at) {
        throw new IllegalStateException("a block of more than 2 GB");
      }
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, (long) at + more));
    }
    size = at + more;
    return at;
  }

  @Override
  public void write(int b) {
    int at = reserve(1);
    bytes[at] = (byte) b;
  }

  @Override
  public void write(byte[] b) {
    write(b, 0, b.length);
  }

  @Override
  public void write(byte[] b, int off, int len) {
    int at = reserve(len);
    System.arraycopy(b, off, bytes, at, len);
  }

  @Override
  public void writeBoolean(boolean v) {
    write(v ? 1 : 0);
  }

  @Override
  public void writeByte(int v) {
    write(v);
  }

  @Override
  public void writeShort(int v) {
    writeChar(v);
  }

  @Override
  public void writeChar(int v) {
    int at = reserve(Character.BYTES);
    CHARS.set(bytes, at, (char) v);
  }

  @Override
  public void writeInt(int v) {
    int at = reserve(Integer.BYTES);
    INTS.set(bytes, at, v);
  }

  @Override
  public void writeLong(long v) {
    int at = reserve(Long.BYTES);
    LONGS.set(bytes, at, v);
  }

  @Override
  public void writeFloat(float v) {
    writeInt(Float.floatToRawIntBits(v));
  }

  @Override
  public void writeDouble(double v) {
    writeLong(Double.doubleToRawLongBits(v));
  }

  @Override
  public void writeBytes(String s) {
    throw new UnsupportedOperationException("bytes lose characters; writeUTF does not");
  }

  @Override
  public void writeChars(String s) {
    s.chars().forEach(this::writeChar);
  }

  /**
   * The length in bytes as an int and the text as UTF-8. Not the encoding of {@link DataOutput},
   * which ends at 64 KB: a label of a hostile source may be longer.
   */
  @Override
  public void writeUTF(String s) {
    byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
    writeInt(utf8.length);
    write(utf8);
  }
}
