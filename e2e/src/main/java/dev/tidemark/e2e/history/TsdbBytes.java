package dev.tidemark.e2e.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Bytes in the notations of Prometheus' index: big-endian numbers, varints, checksums. */
final class TsdbBytes extends ByteArrayOutputStream {
  TsdbBytes u8(int number) {
    write(number);
    return this;
  }

  TsdbBytes u32(long number) {
    return u8((int) (number >>> 24))
        .u8((int) (number >>> 16))
        .u8((int) (number >>> 8))
        .u8((int) number);
  }

  TsdbBytes u64(long number) {
    return u32(number >>> 32).u32(number);
  }

  /** Unsigned, seven bits a byte. */
  TsdbBytes uvarint(long number) {
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      u8((int) ((rest & 0x7f) | 0x80));
    }
    return u8((int) rest);
  }

  /** Signed, zig-zag. */
  TsdbBytes varint(long number) {
    return uvarint((number << 1) ^ (number >> 63));
  }

  TsdbBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return uvarint(bytes.length).raw(bytes);
  }

  TsdbBytes raw(byte[] bytes) {
    writeBytes(bytes);
    return this;
  }

  /** The Castagnoli checksum of all written so far. */
  long checksum() {
    CRC32C crc = new CRC32C();
    crc.update(buf, 0, count);
    return crc.getValue();
  }

  /** What was written, behind its length and before its checksum. */
  byte[] framed() {
    return new TsdbBytes().u32(count).raw(toByteArray()).u32(checksum()).toByteArray();
  }
}
