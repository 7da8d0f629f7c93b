package dev.tidemark.diagnosis.hprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the records of HPROF 1.0.1 and 1.0.2 (the JDK's hprof_b_spec.h, heapDumper.cpp; Android's
 * additions too). Nothing is kept; a dump that ends early is read to its end.
 */
final class HprofReader {
  static final int OBJECT = 2;
  private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

  /** No object has more fields than a class file can name. */
  private static final int LARGEST_INSTANCE = 4 << 20;

  private static final int LONGEST_STRING = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[256 * 1024];
  private int position;
  private int filled;
  private long before;
  private int idSize = 8;
  private byte[] fields = new byte[1024];

  HprofReader(InputStream in) {
    this.in = in;
  }

  int idSize() {
    return idSize;
  }

  static int size(int type, int idSize) {
    return type == OBJECT ? idSize : type >= 4 && type < SIZES.length ? SIZES[type] : 0;
  }

  /** Reads all; true when the dump ends early. */
  boolean read(HprofSink sink) throws IOException {
    try {
      header();
      while (position < filled || fill()) {
        int tag = u1();
        skip(4);
        long length = u4();
        switch (tag) {
          case 0x01 -> string(length, sink);
          case 0x02 -> loadClass(length, sink);
          case 0x0c, 0x1c -> heap(length, sink);
          default -> skip(length);
        }
      }
      return false;
    } catch (EOFException e) {
      return true;
    }
  }

  private void header() throws IOException {
    StringBuilder magic = new StringBuilder();
    for (int b = u1(); b != 0 && magic.length() < 32; b = u1()) {
      magic.append((char) b);
    }
    if (!magic.toString().matches("JAVA PROFILE 1\\.0\\.[123]")) {
      throw BadInputException.at(0, "has another header", "\"JAVA PROFILE 1.0.2\"");
    }
    long size = u4();
    if (size != 4 && size != 8) {
      throw BadInputException.at(offset() - 4, "has ids of " + size + " bytes", "4 or 8");
    }
    idSize = (int) size;
    skip(8);
  }

  private void string(long length, HprofSink sink) throws IOException {
    need(length >= idSize, "a string of " + length + " bytes", "an id at least");
    long id = id();
    long left = length - idSize;
    byte[] text = new byte[(int) Math.min(left, LONGEST_STRING)];
    fill(text, text.length);
    skip(left - text.length);
    sink.string(id, new String(text, StandardCharsets.UTF_8));
  }

  private void loadClass(long length, HprofSink sink) throws IOException {
    need(
        length == 8 + 2L * idSize, "a class record of " + length + " bytes", "" + (8 + 2 * idSize));
    skip(4);
    long id = id();
    skip(4);
    sink.loadClass(id, id());
  }

  private void heap(long length, HprofSink sink) throws IOException {
    long end = offset() + length;
    while (offset() < end) {
      int tag = u1();
      switch (tag) {
        case 0xff, 0x05, 0x07, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x90 -> root(0, sink);
        case 0x01 -> root(idSize, sink);
        case 0x02, 0x03, 0x08, 0x8e -> root(8, sink);
        case 0x04, 0x06 -> root(4, sink);
        case 0x20 -> classDump(sink);
        case 0x21 -> instance(sink);
        case 0x22 -> objectArray(sink);
        case 0x23 -> primitiveArray(true, sink);
        case 0xc3 -> primitiveArray(false, sink);
        case 0xfe -> skip(4L + idSize);
        default ->
            throw BadInputException.at(
                offset() - 1, "has a heap record 0x" + Integer.toHexString(tag), "a known one");
      }
    }
    need(offset() == end, "a heap record beyond its segment", "an end at " + end);
  }

  private void root(int more, HprofSink sink) throws IOException {
    sink.root(id());
    skip(more);
  }

  private void classDump(HprofSink sink) throws IOException {
    long id = id();
    skip(4);
    long parent = id();
    skip(5L * idSize + 4);
    for (int left = u2(); left > 0; left--) {
      skip(2);
      skip(typeSize(u1()));
    }
    int statics = u2();
    long[] references = new long[2 * statics];
    int used = 0;
    for (int i = 0; i < statics; i++) {
      long name = id();
      int type = u1();
      if (type == OBJECT) {
        references[used++] = name;
        references[used++] = id();
      } else {
        skip(typeSize(type));
      }
    }
    int count = u2();
    long[] names = new long[count];
    byte[] types = new byte[count];
    for (int i = 0; i < count; i++) {
      names[i] = id();
      types[i] = (byte) u1();
      int unused = typeSize(types[i]);
    }
    sink.classDump(
        new ClassShape(id, parent, java.util.Arrays.copyOf(references, used), names, types));
  }

  private void instance(HprofSink sink) throws IOException {
    long id = id();
    skip(4);
    long classId = id();
    long length = u4();
    need(length <= LARGEST_INSTANCE, "an object of " + length + " bytes", "" + LARGEST_INSTANCE);
    if (length > fields.length) {
      fields = new byte[(int) length];
    }
    fill(fields, (int) length);
    sink.instance(id, classId, fields, (int) length);
  }

  private void objectArray(HprofSink sink) throws IOException {
    long id = id();
    skip(4);
    int length = count();
    sink.objectArray(id, id(), length);
    for (int i = 0; i < length; i++) {
      sink.element(id());
    }
  }

  private void primitiveArray(boolean data, HprofSink sink) throws IOException {
    long id = id();
    skip(4);
    int length = count();
    int type = u1();
    int size = typeSize(type);
    skip(data ? (long) length * size : 0);
    sink.primitiveArray(id, type, length);
  }

  private int count() throws IOException {
    long count = u4();
    need(count <= Integer.MAX_VALUE, "an array of " + count, "less than 2^31 elements");
    return (int) count;
  }

  private int typeSize(int type) throws IOException {
    int size = size(type, idSize);
    need(size > 0, "a value of type " + type, "a type from 2 to 11");
    return size;
  }

  private void need(boolean holds, String found, String needs) throws IOException {
    if (!holds) {
      throw BadInputException.at(offset(), "has " + found, needs);
    }
  }

  long offset() {
    return before + position;
  }

  private long id() throws IOException {
    return idSize == 4 ? u4() : u4() << 32 | u4();
  }

  private long u4() throws IOException {
    if (filled - position >= 4) {
      int at = position;
      position += 4;
      return (buffer[at] & 0xffL) << 24
          | (buffer[at + 1] & 0xffL) << 16
          | (buffer[at + 2] & 0xffL) << 8
          | (buffer[at + 3] & 0xffL);
    }
    return (long) u2() << 16 | u2();
  }

  private int u2() throws IOException {
    return u1() << 8 | u1();
  }

  private int u1() throws IOException {
    if (position == filled && !fill()) {
      throw new EOFException();
    }
    return buffer[position++] & 0xff;
  }

  private void skip(long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      if (position == filled && !fill()) {
        throw new EOFException();
      }
      int part = (int) Math.min(left, filled - position);
      position += part;
      left -= part;
    }
  }

  private void fill(byte[] into, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (position == filled && !fill()) {
        throw new EOFException();
      }
      int part = Math.min(length - done, filled - position);
      System.arraycopy(buffer, position, into, done, part);
      position += part;
      done += part;
    }
  }

  private boolean fill() throws IOException {
    before += filled;
    position = 0;
    filled = Math.max(in.read(buffer, 0, buffer.length), 0);
    return filled > 0;
  }
}
