package dev.tidemark.toolkit.prometheus;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a protobuf message field by field; every length is bounded by the bytes there are. */
final class Message {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private int from;
  private int length;
  private long number;

  Message(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  /** Goes to the next field; false at the end. */
  boolean next() throws IOException {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    from = at;
    length = 0;
    number = 0;
    switch ((int) (tag & 7)) {
      case VARINT -> number = varint();
      case EIGHT_BYTES -> skip(8);
      case FOUR_BYTES -> skip(4);
      case BYTES -> {
        long wanted = varint();
        from = at;
        skip(wanted);
      }
      default -> throw new IOException("damaged message: wire type " + (tag & 7));
    }
    return true;
  }

  private void skip(long wanted) throws EOFException {
    if (wanted < 0 || wanted > end - at) {
      throw new EOFException(wanted + " bytes wanted, " + (end - at) + " left");
    }
    length = (int) wanted;
    at += length;
  }

  /** What is not read yet, to be read once more. */
  Message again() {
    return new Message(bytes, at, end - at);
  }

  int field() {
    return field;
  }

  long number() {
    return number;
  }

  int from() {
    return from;
  }

  int length() {
    return length;
  }

  Message message() {
    return new Message(bytes, from, length);
  }

  String text() {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new EOFException("a number is cut off");
      }
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("damaged message: a number without an end");
  }
}
