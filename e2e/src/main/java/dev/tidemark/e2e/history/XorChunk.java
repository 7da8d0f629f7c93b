package dev.tidemark.e2e.history;

import java.util.Arrays;

/**
 * Samples as Prometheus keeps them: the XOR encoding of Gorilla (Pelkonen et al., VLDB 2015) in the
 * variant of Prometheus' tsdb/chunkenc, 120 samples a chunk.
 */
final class XorChunk {
  static final int SAMPLES = 120;

  private byte[] bytes = new byte[256];
  private int bits = 16; // the first two bytes are the number of samples
  private int samples;
  private long time;
  private long delta;
  private long value;
  private int leading = -1;
  private int trailing;

  void add(long millis, double sample) {
    long next = Double.doubleToRawLongBits(sample);
    if (samples == 0) {
      varint((millis << 1) ^ (millis >> 63));
      write(next, 64);
    } else {
      long nextDelta = millis - time;
      if (samples == 1) {
        varint(nextDelta);
      } else {
        deltaOfDelta(nextDelta - delta);
      }
      xor(next ^ value);
      delta = nextDelta;
    }
    time = millis;
    value = next;
    samples++;
    bytes[0] = (byte) (samples >> 8);
    bytes[1] = (byte) samples;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, (bits + 7) / 8);
  }

  private void deltaOfDelta(long dod) {
    if (dod == 0) {
      write(0, 1);
    } else if (fits(dod, 14)) {
      write(0b10, 2);
      write(dod, 14);
    } else if (fits(dod, 17)) {
      write(0b110, 3);
      write(dod, 17);
    } else if (fits(dod, 20)) {
      write(0b1110, 4);
      write(dod, 20);
    } else {
      write(0b1111, 4);
      write(dod, 64);
    }
  }

  private static boolean fits(long number, int bits) {
    return -((1L << (bits - 1)) - 1) <= number && number <= 1L << (bits - 1);
  }

  private void xor(long difference) {
    if (difference == 0) {
      write(0, 1);
      return;
    }
    write(1, 1);
    int zerosBefore = Math.min(31, Long.numberOfLeadingZeros(difference));
    int zerosAfter = Long.numberOfTrailingZeros(difference);
    if (leading >= 0 && zerosBefore >= leading && zerosAfter >= trailing) {
      write(0, 1);
      write(difference >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = zerosBefore;
    trailing = zerosAfter;
    int significant = 64 - leading - trailing;
    write(1, 1);
    write(leading, 5);
    write(significant, 6); // 64 is written as 0
    write(difference >>> trailing, significant);
  }

  private void varint(long number) {
    long rest = number;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      write((rest & 0x7f) | 0x80, 8);
    }
    write(rest, 8);
  }

  private void write(long number, int count) {
    if (bits + count > bytes.length * 8) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    for (int i = count - 1; i >= 0; i--) {
      if (((number >>> i) & 1) != 0) {
        bytes[bits >> 3] |= (byte) (0x80 >> (bits & 7));
      }
      bits++;
    }
  }
}
