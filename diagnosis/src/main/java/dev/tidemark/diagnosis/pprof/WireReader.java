package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format (https://protobuf.dev/programming-guides/encoding/) as a stream:
 * fields of nested messages within the bounds that their lengths claim.
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final ByteSource source;
  private long end = Long.MAX_VALUE;
  private int field;
  private int type;

  WireReader(ByteSource source) {
    this.source = source;
  }

  /** Steps to the next field of the message; false at its end. */
  boolean next() throws IOException {
    if (source.offset() >= end || (end == Long.MAX_VALUE && !source.hasMore())) {
      return false;
    }
    long at = source.offset();
    long tag = varint("a field");
    field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
    type = (int) (tag & 7);
    if (type != VARINT && type != FIXED_64 && type != BYTES && type != FIXED_32) {
      throw BadInputException.at(at, "has a field of wire type " + type, "wire type 0, 1, 2 or 5");
    }
    return true;
  }

  int field() {
    return field;
  }

  long offset() {
    return source.offset();
  }

  void skip() throws IOException {
    switch (type) {
      case VARINT -> varint("a number");
      case FIXED_64 -> source.skip(within(8), "a number");
      case FIXED_32 -> source.skip(within(4), "a number");
      default -> source.skip(within(length()), "field " + field);
    }
  }

  long number() throws IOException {
    need(VARINT, "a number");
    return varint("a number");
  }

  boolean flag() throws IOException {
    return number() != 0;
  }

  String text() throws IOException {
    need(BYTES, "a string");
    int length = (int) within(length());
    return new String(source.take(length, "a string"), StandardCharsets.UTF_8);
  }

  /** Numbers of a repeated field, packed or one by one. */
  void numbers(LongSink sink) throws IOException {
    if (type != BYTES) {
      sink.accept(number());
      return;
    }
    long outer = enter();
    while (source.offset() < end) {
      sink.accept(varint("a number"));
    }
    leave(outer);
  }

  /**
   * Begins a nested message.
   *
   * @return what {@link #leave} takes
   */
  long enter() throws IOException {
    need(BYTES, "a message");
    long outer = end;
    long length = within(length());
    end = source.offset() + length;
    return outer;
  }

  void leave(long outer) {
    end = outer;
  }

  private void need(int wanted, String what) throws IOException {
    if (type != wanted) {
      throw BadInputException.at(
          source.offset(), "has wire type " + type + " in field " + field, what);
    }
  }

  private long length() throws IOException {
    long length = varint("a length");
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw BadInputException.at(
          source.offset(),
          "claims " + Long.toUnsignedString(length) + " bytes in field " + field,
          "less than 2^31");
    }
    return length;
  }

  private long within(long length) throws IOException {
    if (length > end - source.offset()) {
      throw BadInputException.at(
          source.offset(),
          "claims " + length + " bytes in field " + field,
          "at most " + (end - source.offset()));
    }
    return length;
  }

  private long varint(String what) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (source.offset() >= end) {
        throw BadInputException.at(source.offset(), "the message ends", what);
      }
      int b = source.next(what);
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw BadInputException.at(source.offset(), "has more than 10 bytes", what);
  }

  /** Takes numbers as they come. */
  interface LongSink {
    void accept(long value) throws IOException;
  }
}
