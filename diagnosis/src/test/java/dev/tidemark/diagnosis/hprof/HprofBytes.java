package dev.tidemark.diagnosis.hprof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes dumps of a JVM: app.Cache with a static list of app.Order, which form a ring besides. */
public final class HprofBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream heapBytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final DataOutputStream heap = new DataOutputStream(heapBytes);
  private final int idSize;

  public HprofBytes(int idSize) throws IOException {
    this.idSize = idSize;
    out.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
    out.writeInt(idSize);
    out.writeLong(0);
    string(1, "app/Cache");
    string(2, "app/Order");
    string(3, "HELD");
    string(4, "next");
    string(5, "[Lapp/Order;");
    loadClass(100, 1);
    loadClass(200, 2);
    loadClass(300, 5);
  }

  private void id(DataOutputStream to, long id) throws IOException {
    if (idSize == 4) {
      to.writeInt((int) id);
    } else {
      to.writeLong(id);
    }
  }

  private void string(long id, String text) throws IOException {
    out.writeByte(1);
    out.writeInt(0);
    out.writeInt(idSize + text.length());
    id(out, id);
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void loadClass(long id, long name) throws IOException {
    out.writeByte(2);
    out.writeInt(0);
    out.writeInt(8 + 2 * idSize);
    out.writeInt(1);
    id(out, id);
    out.writeInt(0);
    id(out, name);
  }

  private void classDump(long id, long parent, long staticName, long value, long field)
      throws IOException {
    heap.writeByte(0x20);
    id(heap, id);
    heap.writeInt(0);
    id(heap, parent);
    for (int i = 0; i < 5; i++) {
      id(heap, 0);
    }
    heap.writeInt(8);
    heap.writeShort(0);
    heap.writeShort(staticName == 0 ? 0 : 1);
    if (staticName != 0) {
      id(heap, staticName);
      heap.writeByte(2);
      id(heap, value);
    }
    heap.writeShort(field == 0 ? 0 : 2);
    if (field != 0) {
      id(heap, 3);
      heap.writeByte(10); // an int before the reference
      id(heap, field);
      heap.writeByte(2);
    }
  }

  public HprofBytes orders(int count) throws IOException {
    classDump(100, 0, 3, 999, 0);
    classDump(200, 100, 0, 0, 4);
    classDump(300, 300, 0, 0, 0); // its own parent: hostile
    heap.writeByte(0x22);
    id(heap, 999);
    heap.writeInt(0);
    heap.writeInt(count);
    id(heap, 300);
    for (int i = 0; i < count; i++) {
      id(heap, 1000 + i);
    }
    for (int i = 0; i < count; i++) {
      order(1000 + i, 1000 + (i + 1) % count);
    }
    heap.writeByte(0x23);
    id(heap, 998);
    heap.writeInt(0);
    heap.writeInt(3);
    heap.writeByte(5);
    heap.write(new byte[6]);
    heap.writeByte(0x01);
    id(heap, 998);
    id(heap, 0);
    return this;
  }

  /** Objects that are roots themselves. */
  public HprofBytes rooted(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      order(700_000 + i, 0);
      heap.writeByte(0x01);
      id(heap, 700_000 + i);
      id(heap, 0);
    }
    return this;
  }

  /** Objects that nobody holds, in a ring. */
  public HprofBytes garbage(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      order(500_000 + i, 500_000 + (i + 1) % count);
    }
    return this;
  }

  private void order(long id, long next) throws IOException {
    heap.writeByte(0x21);
    id(heap, id);
    heap.writeInt(0);
    id(heap, 200);
    heap.writeInt(4 + idSize);
    heap.writeInt(7);
    id(heap, next);
  }

  public byte[] toBytes() throws IOException {
    out.writeByte(0x1c);
    out.writeInt(0);
    out.writeInt(heapBytes.size());
    out.write(heapBytes.toByteArray());
    out.writeByte(0x2c);
    out.writeInt(0);
    out.writeInt(0);
    return bytes.toByteArray();
  }
}
