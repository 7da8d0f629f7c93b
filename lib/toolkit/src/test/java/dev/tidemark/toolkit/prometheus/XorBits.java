package dev.tidemark.toolkit.prometheus;

import java.util.Arrays;
import java.util.List;

/** Writes samples as Prometheus keeps them, a bit at a time and nothing shared with the reader. */
final class XorBits {
  record Sample(long millis, long bits) {}

  private final StringBuilder bits = new StringBuilder();

  static byte[] of(List<Sample> samples) {
    XorBits out = new XorBits();
    out.write(samples.size(), 16);
    int leading = -1;
    int trailing = 0;
    long delta = 0;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      if (i == 0) {
        out.varint((sample.millis << 1) ^ (sample.millis >> 63));
        out.write(sample.bits, 64);
        continue;
      }
      long next = sample.millis - samples.get(i - 1).millis;
      if (i == 1) {
        out.varint(next);
      } else {
        out.difference(next - delta);
      }
      delta = next;
      long xor = sample.bits ^ samples.get(i - 1).bits;
      if (xor == 0) {
        out.write(0, 1);
        continue;
      }
      int zeros = Math.min(Long.numberOfLeadingZeros(xor), 31);
      int behind = Long.numberOfTrailingZeros(xor);
      if (leading < 0 || zeros < leading || behind < trailing) {
        leading = zeros;
        trailing = behind;
        out.write(0b11, 2);
        out.write(leading, 5);
        out.write(64 - leading - trailing, 6); // 64 is written as 0
      } else {
        out.write(0b10, 2);
      }
      out.write(xor >>> trailing, 64 - leading - trailing);
    }
    return out.bytes();
  }

  private void difference(long of) {
    if (of == 0) {
      write(0, 1);
    } else if (fits(of, 14)) {
      write(0b10, 2);
      write(of, 14);
    } else if (fits(of, 17)) {
      write(0b110, 3);
      write(of, 17);
    } else if (fits(of, 20)) {
      write(0b1110, 4);
      write(of, 20);
    } else {
      write(0b1111, 4);
      write(of, 64);
    }
  }

  private static boolean fits(long value, int size) {
    return -((1L << (size - 1)) - 1) <= value && value <= 1L << (size - 1);
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      write((rest & 0x7f) | 0x80, 8);
    }
    write(rest, 8);
  }

  private void write(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bits.append(((value >>> i) & 1) == 1 ? '1' : '0');
    }
  }

  private byte[] bytes() {
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    Arrays.fill(bytes, (byte) 0);
    for (int i = 0; i < bits.length(); i++) {
      bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    return bytes;
  }
}
