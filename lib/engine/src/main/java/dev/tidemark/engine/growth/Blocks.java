package dev.tidemark.engine.growth;

import dev.tidemark.engine.Reduce;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last blocks of one horizon, a point each. Blocks lie on the grid of absolute time, so where
 * they begin does not depend on when watching began.
 */
final class Blocks {
  private static final long NONE = Long.MIN_VALUE;

  private final long blockMillis;
  private final BlockReducer open;
  private final float[] points;
  private long head = NONE;
  private long openBlock = NONE;

  Blocks(long horizonMillis, int count, Reduce reduce) {
    blockMillis = horizonMillis / count;
    points = new float[count];
    open = new BlockReducer(reduce);
    Arrays.fill(points, Float.NaN);
  }

  /**
   * Adds a sample.
   *
   * @return whether this completed a block
   */
  boolean add(long timeMillis, double value) {
    long block = Math.floorDiv(timeMillis, blockMillis);
    boolean completed = openBlock != NONE && block > openBlock;
    if (completed) {
      close();
    }
    openBlock = block;
    open.add((float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value)));
    return completed;
  }

  private void close() {
    long empty = head == NONE ? points.length : Math.min(points.length, openBlock - head - 1);
    for (long i = 0; i < empty; i++) {
      points[index(openBlock - 1 - i)] = Float.NaN;
    }
    points[index(openBlock)] = open.point();
    head = openBlock;
    open.clear();
  }

  private int index(long block) {
    return (int) Math.floorMod(block, (long) points.length);
  }

  /**
   * The completed blocks that hold a point and begin at a time or later, oldest first; x in seconds
   * before the newest.
   */
  Points points(long fromMillis) {
    double[] x = new double[points.length];
    double[] y = new double[points.length];
    int n = 0;
    for (int i = points.length - 1; i >= 0 && head != NONE; i--) {
      float point = points[index(head - i)];
      if (!Float.isNaN(point) && (head - i) * blockMillis >= fromMillis) {
        x[n] = -i * (blockMillis / 1000.0);
        y[n++] = point;
      }
    }
    return new Points(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  /** Where the newest completed block ends; only when there is one. */
  long newestMillis() {
    return (head + 1) * blockMillis;
  }

  /** Where it begins. */
  long newestBeginMillis() {
    return head * blockMillis;
  }

  /** The point of the newest completed block; NaN without one. */
  double newest() {
    return head == NONE ? Double.NaN : points[index(head)];
  }

  /** The point of the block before the newest, NaN when that is empty. */
  double beforeNewest() {
    return head == NONE ? Double.NaN : points[index(head - 1)];
  }

  void clear() {
    Arrays.fill(points, Float.NaN);
    open.clear();
    head = NONE;
    openBlock = NONE;
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(head);
    out.writeLong(openBlock);
    open.encode(out);
    for (float point : points) {
      out.writeFloat(point);
    }
  }

  void restore(DataInput in) throws IOException {
    head = in.readLong();
    openBlock = in.readLong();
    boolean early = head != NONE && Math.abs(head) > 1L << 51;
    if (openBlock < head || early || openBlock > 1L << 51) {
      throw new IOException("damaged blocks: the open one is " + openBlock + " after " + head);
    }
    open.restore(in);
    for (int i = 0; i < points.length; i++) {
      points[i] = in.readFloat();
    }
  }
}
