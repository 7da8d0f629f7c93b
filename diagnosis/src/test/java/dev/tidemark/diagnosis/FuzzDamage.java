package dev.tidemark.diagnosis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages examples: bytes changed, cut out, doubled and swapped, numbers made huge, noise. */
final class FuzzDamage {
  private static final List<String> WORDS =
      List.of(
          "9223372036854775807",
          "-1",
          "0",
          "NaN",
          "1e999",
          "0xffffffffffffffff",
          "\n",
          "\n\n",
          "\r\n",
          " ",
          "\t",
          "[",
          "(((",
          "goroutine 1 [",
          "created by ",
          " @ 0x",
          "#\t",
          "...",
          "\u0000",
          "\"",
          "\\",
          "->",
          "=",
          ":",
          "é",
          "\u001b[31m",
          "%2e",
          "99999999999999999999");

  /** Lengths and counts that a reader must not believe. */
  private static final long[] CLAIMS = {
    0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffffL, 0xffffffffL, 1_000_000_000L, Long.MAX_VALUE, -1
  };

  private FuzzDamage() {}

  static byte[] of(List<byte[]> examples, Random random) {
    byte[] bytes = examples.get(random.nextInt(examples.size())).clone();
    for (int changes = 1 + random.nextInt(8); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      int length =
          Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(8) == 0 ? 4000 : 40));
      bytes =
          switch (random.nextInt(11)) {
            case 0 -> put(bytes, at, length, new byte[0]);
            case 1 -> doubled(bytes, at, length, 1 + random.nextInt(6));
            case 2 -> put(bytes, at, random.nextInt(length + 1), word(random));
            case 3, 4, 5 -> changed(bytes, random);
            case 6 -> put(bytes, at, 8, claim(random));
            case 7 -> Arrays.copyOf(bytes, at);
            case 8 -> put(bytes, 0, at, new byte[0]);
            case 9 -> put(bytes, at, length, noise(random));
            default -> spliced(bytes, at, examples.get(random.nextInt(examples.size())), random);
          };
    }
    return random.nextInt(30) == 0 ? ProfileBytes.gzip(bytes) : bytes;
  }

  private static byte[] put(byte[] bytes, int at, int length, byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + part.length);
    out.write(bytes, 0, at);
    out.writeBytes(part);
    int rest = Math.min(bytes.length, at + length);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }

  private static byte[] doubled(byte[] bytes, int at, int length, int times) {
    byte[] part = Arrays.copyOfRange(bytes, at, at + length);
    byte[] more = bytes;
    for (int i = 0; i < times; i++) {
      more = put(more, at, 0, part);
    }
    return more;
  }

  private static byte[] changed(byte[] bytes, Random random) {
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ (1 << random.nextInt(8)));
    }
    return bytes;
  }

  private static byte[] word(Random random) {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return word.repeat(random.nextInt(50) == 0 ? 5_000 : 1).getBytes(StandardCharsets.UTF_8);
  }

  /** A number of eight bytes, high or low byte first, or as protobuf writes it. */
  private static byte[] claim(Random random) {
    long value = CLAIMS[random.nextInt(CLAIMS.length)];
    int form = random.nextInt(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (form < 2) {
      for (int i = 0; i < 8; i++) {
        out.write((int) (value >>> (8 * (form == 0 ? i : 7 - i))));
      }
      return out.toByteArray();
    }
    for (long rest = value; ; rest >>>= 7) {
      if ((rest & ~0x7fL) == 0) {
        out.write((int) rest);
        return out.toByteArray();
      }
      out.write((int) ((rest & 0x7f) | 0x80));
    }
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(60)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] other, Random random) {
    int from = random.nextInt(other.length + 1);
    return put(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
  }
}
