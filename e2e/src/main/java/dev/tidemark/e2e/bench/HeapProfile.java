package dev.tidemark.e2e.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A Go heap profile of many stacks, the same at every run, in the protobuf of pprof
 * (github.com/google/pprof, proto/profile.proto), gzipped as Go writes it.
 */
final class HeapProfile {
  private static final int DEPTH = 20;
  private static final int FUNCTIONS = 2_000;
  private static final int SITES = 5;
  private static final String[] WORDS = {
    "", "alloc_objects", "count", "alloc_space", "bytes", "inuse_objects", "inuse_space", "space"
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes it to a file. */
  static void write(Path file, int stacks) throws IOException {
    HeapProfile all = new HeapProfile();
    for (int[] type : new int[][] {{1, 2}, {3, 4}, {5, 2}, {6, 4}}) {
      all.message(1, new HeapProfile().number(1, type[0]).number(2, type[1]));
    }
    Random random = new Random(1);
    for (int i = 0; i < stacks; i++) {
      HeapProfile ids = new HeapProfile();
      for (int frame = 0; frame < DEPTH; frame++) {
        ids.varint(1L + random.nextInt(FUNCTIONS * SITES));
      }
      long objects = 1L + random.nextInt(5_000);
      HeapProfile values = new HeapProfile().varint(2 * objects).varint(128 * objects);
      values.varint(objects).varint(64 * objects);
      all.message(2, new HeapProfile().message(1, ids).message(2, values));
    }
    for (int id = 1; id <= FUNCTIONS * SITES; id++) {
      HeapProfile line = new HeapProfile().number(1, 1 + id % FUNCTIONS).number(2, id);
      all.message(4, new HeapProfile().number(1, id).number(3, 0x400000 + id).message(4, line));
    }
    for (int id = 1; id <= FUNCTIONS; id++) {
      int name = WORDS.length + id - 1;
      HeapProfile function = new HeapProfile().number(1, id).number(2, name).number(3, name);
      all.message(5, function.number(4, WORDS.length + FUNCTIONS));
    }
    for (String word : WORDS) {
      all.text(word);
    }
    for (int id = 1; id <= FUNCTIONS; id++) {
      all.text("example.com/shop/internal/orders.(*Store).keep" + id);
    }
    all.text("/srv/shop/internal/orders/store.go");
    all.number(9, 1_700_000_000_000_000_000L + stacks);
    all.message(11, new HeapProfile().number(1, 7).number(2, 4)).number(12, 512 << 10);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      all.bytes.writeTo(out);
    }
  }

  private HeapProfile number(int field, long value) {
    return varint((long) field << 3).varint(value);
  }

  private HeapProfile message(int field, HeapProfile message) {
    return field(field, message.bytes.toByteArray());
  }

  private void text(String text) {
    HeapProfile unused = field(6, text.getBytes(StandardCharsets.UTF_8));
  }

  private HeapProfile field(int field, byte[] content) {
    varint(((long) field << 3) | 2).varint(content.length);
    bytes.writeBytes(content);
    return this;
  }

  private HeapProfile varint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      bytes.write((int) (rest & 0x7f) | 0x80);
    }
    bytes.write((int) rest);
    return this;
  }
}
