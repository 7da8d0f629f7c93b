package dev.tidemark.toolkit.prometheus;

import java.io.EOFException;
import java.io.IOException;

/**
 * The samples of a chunk in the XOR encoding of Prometheus (tsdb/docs/format/chunks.md, after
 * Facebook's Gorilla): times as differences of differences, values as what differs from the one
 * before.
 */
final class XorChunk {
  /** A NaN with these bits marks that a series ended (model/value in Prometheus' source). */
  private static final long STALE = 0x7ff0000000000002L;

  private static final int HEAD = 2;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Bits that were taken from the bytes and are not read yet, the next one highest. */
  private long window;

  private int left;

  /**
   * @param from where the chunk begins in the bytes
   */
  XorChunk(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  /** Takes one sample after another, the staleness markers among them. */
  interface Taker {
    void take(long millis, double value, boolean stale);
  }

  /**
   * Hands on every sample.
   *
   * @throws IOException where the chunk ends before them
   */
  void read(Taker taker) throws IOException {
    if (end - at < HEAD) {
      throw new EOFException("a chunk of " + (end - at) + " bytes");
    }
    int count = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    at += HEAD;
    long time = 0;
    long delta = 0;
    long value = 0;
    int leading = 0;
    int trailing = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        long zigzag = varint();
        time = (zigzag >>> 1) ^ -(zigzag & 1);
        value = bits(64);
      } else {
        delta = i == 1 ? varint() : delta + deltaOfDelta();
        time += delta;
        if (bits(1) == 1) {
          if (bits(1) == 1) {
            leading = (int) bits(5);
            int meaningful = (int) bits(6);
            trailing = 64 - leading - (meaningful == 0 ? 64 : meaningful);
            if (trailing < 0) {
              throw new IOException("damaged chunk: more than 64 bits a value");
            }
          }
          value ^= bits(64 - leading - trailing) << trailing;
        }
      }
      taker.take(time, Double.longBitsToDouble(value), value == STALE);
    }
  }

  private long deltaOfDelta() throws EOFException {
    if (bits(1) == 0) {
      return 0;
    }
    if (bits(1) == 0) {
      return signed(14);
    }
    if (bits(1) == 0) {
      return signed(17);
    }
    return bits(1) == 0 ? signed(20) : bits(64);
  }

  private long signed(int size) throws EOFException {
    long read = bits(size);
    return read > 1L << (size - 1) ? read - (1L << size) : read;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long next = bits(8);
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("damaged chunk: a number without an end");
  }

  /** The next 1 to 64 bits. */
  private long bits(int count) throws EOFException {
    if (count > 32) {
      long high = few(count - 32);
      return (high << 32) | few(32);
    }
    return few(count);
  }

  private long few(int count) throws EOFException {
    while (left < count) {
      if (at == end) {
        throw new EOFException("a chunk ends in the middle of a sample");
      }
      window |= (bytes[at++] & 0xffL) << (56 - left);
      left += 8;
    }
    long read = window >>> (64 - count);
    window <<= count;
    left -= count;
    return read;
  }
}
