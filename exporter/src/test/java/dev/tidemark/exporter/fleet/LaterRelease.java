package dev.tidemark.exporter.fleet;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes a segment as a release to come may write it, from one of today: by the bytes that
 * docs/checkpoint.md describes, and not by the program that reads them.
 */
record LaterRelease(Set<Adds> adds) {
  /** What it does that today's release does not. */
  enum Adds {
    HEADER_SECTION,
    BLOCK_KIND,
    SECTION_TYPE,
    /** After what a section holds today, in every section that is of a known length. */
    BYTES_AT_THE_END,
    EDITION,
    TROUBLE_CLASS,
    /** And what an earlier one did not write yet. */
    TROUBLE_CLASS_LESS
  }

  private static final int START = 12;
  private static final int HEADER = 200;
  private static final int END = 201;
  private static final int UNKNOWN = 77;
  private static final byte[] MORE = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1};

  /** Of a process' memory: its version, ten numbers, whether and how often. */
  private static final int BEFORE_CLASSES = 1 + 10 * Double.BYTES + 1 + Integer.BYTES;

  private interface Part {
    byte[] later(int type, byte[] body) throws IOException;
  }

  void write(Path today, Path later) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(today));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(take(in, START));
    int frames = 0;
    while (in.hasRemaining()) {
      int kind = in.get() & 0xff;
      byte[] body = take(in, in.getInt());
      take(in, Integer.BYTES); // the checksum
      if (kind == END) {
        if (adds.contains(Adds.BLOCK_KIND)) {
          frame(out, UNKNOWN, MORE);
          frames++;
        }
        frame(out, END, ByteBuffer.allocate(Integer.BYTES).putInt(frames).array());
      } else {
        frame(out, kind, kind == HEADER ? header(body) : block(kind, body));
        frames++;
      }
    }
    Files.write(later, out.toByteArray());
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] taken = new byte[length];
    in.get(taken);
    return taken;
  }

  private static void frame(ByteArrayOutputStream out, int kind, byte[] body) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(1 + Integer.BYTES + body.length);
    frame.put((byte) kind).putInt(body.length).put(body);
    CRC32C checksum = new CRC32C();
    checksum.update(frame.array());
    DataOutputStream data = new DataOutputStream(out);
    data.write(frame.array());
    data.writeInt((int) checksum.getValue());
  }

  private byte[] header(byte[] body) throws IOException {
    return adds.contains(Adds.HEADER_SECTION) ? with(body, section(UNKNOWN, MORE)) : body;
  }

  private byte[] block(int kind, byte[] body) throws IOException {
    Part entry =
        switch (kind) {
          case FleetBlocks.TARGETS -> (type, bytes) -> sections(bytes, this::ofTarget);
          case FleetBlocks.WORKLOADS -> (type, bytes) -> sections(bytes, this::ofWorkload);
          default -> (type, bytes) -> longer(bytes);
        };
    return with(Arrays.copyOf(body, Integer.BYTES), each(tail(body, Integer.BYTES), entry));
  }

  private byte[] ofTarget(int type, byte[] body) throws IOException {
    return switch (type) {
      case FleetBlocks.SERIES -> {
        int named = Integer.BYTES + ByteBuffer.wrap(body).getInt() + Double.BYTES + Long.BYTES;
        yield with(Arrays.copyOf(body, named), sections(tail(body, named), this::ofSeries));
      }
      case FleetBlocks.HEALTH -> longer(health(body));
      default -> longer(body);
    };
  }

  private byte[] ofSeries(int unused, byte[] body) throws IOException {
    byte[] later = body.clone();
    if (adds.contains(Adds.EDITION)) {
      later[1]++;
      return with(later, MORE);
    }
    return longer(later);
  }

  private byte[] ofWorkload(int unused, byte[] body) throws IOException {
    return longer(body);
  }

  private byte[] health(byte[] body) throws IOException {
    int classes = body[BEFORE_CLASSES];
    int more =
        adds.contains(Adds.TROUBLE_CLASS) ? 1 : adds.contains(Adds.TROUBLE_CLASS_LESS) ? -1 : 0;
    byte[] seen = tail(Arrays.copyOf(body, BEFORE_CLASSES + 1 + classes), BEFORE_CLASSES + 1);
    byte[] before = Arrays.copyOf(body, BEFORE_CLASSES + 1);
    before[BEFORE_CLASSES] = (byte) (classes + more);
    byte[] later = Arrays.copyOf(seen, classes + more);
    if (more > 0) {
      later[classes] = 3;
    }
    return with(with(before, later), tail(body, BEFORE_CLASSES + 1 + classes));
  }

  private byte[] longer(byte[] body) throws IOException {
    return adds.contains(Adds.BYTES_AT_THE_END) ? with(body, MORE) : body;
  }

  private byte[] sections(byte[] body, Part part) throws IOException {
    byte[] later = each(body, part);
    return adds.contains(Adds.SECTION_TYPE) ? with(later, section(UNKNOWN, MORE)) : later;
  }

  private static byte[] each(byte[] body, Part part) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      int type = in.get() & 0xff;
      out.write(section(type, part.later(type, take(in, in.getInt()))));
    }
    return out.toByteArray();
  }

  private static byte[] section(int type, byte[] body) {
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .put((byte) type)
        .putInt(body.length)
        .put(body)
        .array();
  }

  private static byte[] with(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] tail(byte[] body, int from) {
    return Arrays.copyOfRange(body, from, body.length);
  }
}
