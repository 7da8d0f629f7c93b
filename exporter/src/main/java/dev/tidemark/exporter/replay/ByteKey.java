package dev.tidemark.exporter.replay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes as a key of a map; looked up with a view of a buffer, kept as a copy. */
final class ByteKey {
  private byte[] bytes = {};
  private int from;
  private int to;
  private int hash;

  /** Points it at a part of a buffer. */
  ByteKey at(byte[] buffer, int from, int to) {
    this.bytes = buffer;
    this.from = from;
    this.to = to;
    this.hash = hash(buffer, from, to);
    return this;
  }

  ByteKey copy() {
    byte[] own = Arrays.copyOfRange(bytes, from, to);
    return new ByteKey().at(own, 0, own.length);
  }

  static int hash(byte[] buffer, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + buffer[i];
    }
    return hash ^ (hash >>> 15);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByteKey key
        && hash == key.hash
        && Arrays.equals(bytes, from, to, key.bytes, key.from, key.to);
  }
}
