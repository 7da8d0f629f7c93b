package dev.tidemark.exporter.checkpoint;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment: the magic and the format's number, then frames. A frame is its kind (a
 * byte), the length of its body (an int), the body, and a CRC-32C of all three. The first frame is
 * the header, the last says how many there are. docs/checkpoint.md describes it for people.
 */
final class SegmentFormat {
  static final byte[] MAGIC = {'T', 'I', 'D', 'E', 'M', 'A', 'R', 'K'};

  /** Raised only where an older release could not read what is written. */
  static final int FORMAT = 1;

  static final int START = MAGIC.length + Integer.BYTES;
  static final int FRAME_HEAD = 1 + Integer.BYTES;
  static final int FRAME_TAIL = Integer.BYTES;
  static final int HEADER = 200;
  static final int END = 201;

  private SegmentFormat() {}

  /** Of a frame's head and body; leaves their positions at the limits. */
  static int checksum(ByteBuffer head, ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(head);
    crc.update(body);
    return (int) crc.getValue();
  }
}
