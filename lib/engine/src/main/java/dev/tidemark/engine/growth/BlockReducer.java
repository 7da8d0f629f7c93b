package dev.tidemark.engine.growth;

import dev.tidemark.engine.Reduce;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Turns the samples of one block into one point. A median keeps at most 32 samples: when they are
 * full every second one goes and from then on half as many are taken.
 */
final class BlockReducer {
  private static final int KEPT = 32;

  private final Reduce reduce;
  private float[] kept = new float[1];
  private int size;
  private int stride = 1;
  private int skipped;

  BlockReducer(Reduce reduce) {
    this.reduce = reduce;
  }

  void add(float value) {
    if (size == 0) {
      kept[0] = value;
      size = 1;
      return;
    }
    switch (reduce) {
      case TROUGH -> kept[0] = Math.min(kept[0], value);
      case PEAK -> kept[0] = Math.max(kept[0], value);
      case MEDIAN -> keep(value);
    }
  }

  private void keep(float value) {
    if (++skipped < stride) {
      return;
    }
    skipped = 0;
    if (size == KEPT) {
      for (int i = 0; i < KEPT / 2; i++) {
        kept[i] = kept[2 * i + 1];
      }
      size = KEPT / 2;
      stride *= 2;
    }
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, Math.min(KEPT, 2 * size));
    }
    kept[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The point of the block; NaN when it is empty. */
  float point() {
    if (size == 0) {
      return Float.NaN;
    }
    float[] sorted = Arrays.copyOf(kept, size);
    Arrays.sort(sorted);
    return size % 2 == 1 ? sorted[size / 2] : sorted[size / 2 - 1] / 2 + sorted[size / 2] / 2;
  }

  void clear() {
    size = 0;
    stride = 1;
    skipped = 0;
  }

  void encode(DataOutput out) throws IOException {
    out.writeByte(size);
    out.writeInt(stride);
    out.writeInt(skipped);
    for (int i = 0; i < size; i++) {
      out.writeFloat(kept[i]);
    }
  }

  void restore(DataInput in) throws IOException {
    size = in.readByte();
    stride = in.readInt();
    skipped = in.readInt();
    if (size < 0 || size > (reduce == Reduce.MEDIAN ? KEPT : 1) || stride < 1 || skipped < 0) {
      throw new IOException("damaged block: " + size + " samples, every " + stride);
    }
    kept = new float[Math.max(1, size)];
    for (int i = 0; i < size; i++) {
      kept[i] = in.readFloat();
    }
  }
}
