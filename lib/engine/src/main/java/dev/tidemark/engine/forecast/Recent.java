package dev.tidemark.engine.forecast;

import dev.tidemark.engine.growth.TheilSen;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The means of the last 30 blocks of one process, and the line through them. */
final class Recent {
  private static final int BLOCKS = 30;

  /** Fewer say nothing of a trend. */
  static final int LEAST = 5;

  /** The level is the median of so many blocks, moved along the line to the last one. */
  private static final int LEVEL_BLOCKS = 3;

  /** A rise over the window that is small against its noise is damped by so many times it. */
  private static final double NOISE_WEIGHT = 4;

  private static final long NONE = Long.MIN_VALUE;

  private final long blockMillis;
  private final float[] means = new float[BLOCKS];
  private long block = NONE;
  private double sum;
  private int count;
  private int filled;
  private double mean = Double.NaN;
  private double level = Double.NaN;
  private double slope;

  Recent(long blockMillis) {
    this.blockMillis = blockMillis;
    clear();
  }

  void clear() {
    Arrays.fill(means, Float.NaN);
    block = NONE;
    sum = 0;
    count = 0;
    refresh();
  }

  void add(long timeMillis, double value) {
    long now = Math.floorDiv(timeMillis, blockMillis);
    if (block != NONE && now > block) {
      complete(now);
    }
    block = now;
    sum += value;
    count++;
  }

  private void complete(long now) {
    means[at(block)] = (float) (sum / count);
    long missed = Math.min(now - block - 1, BLOCKS);
    for (long b = now - missed; b < now; b++) {
      means[at(b)] = Float.NaN;
    }
    sum = 0;
    count = 0;
    block = now;
    refresh();
  }

  private static int at(long block) {
    return (int) Math.floorMod(block, (long) BLOCKS);
  }

  private void refresh() {
    double[] x = new double[BLOCKS];
    double[] y = new double[BLOCKS];
    int n = 0;
    for (int i = 0; block != NONE && i < BLOCKS; i++) {
      float value = means[at(block - BLOCKS + i)];
      if (!Float.isNaN(value)) {
        x[n] = i - BLOCKS;
        y[n++] = value;
      }
    }
    filled = n;
    line(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
  }

  private void line(double[] x, double[] y) {
    int n = y.length;
    mean = n == 0 ? Double.NaN : Arrays.stream(y, n / 2, n).average().orElse(Double.NaN);
    level = n == 0 ? Double.NaN : y[n - 1];
    slope = 0;
    if (n < LEAST) {
      return;
    }
    TheilSen line = TheilSen.of(x, y);
    double rise = Math.abs(line.slope()) * BLOCKS;
    double doubt = NOISE_WEIGHT * line.noise();
    slope = rise == 0 ? 0 : line.slope() * rise / (rise + doubt);
    double[] last = new double[LEVEL_BLOCKS];
    for (int i = 0; i < LEVEL_BLOCKS; i++) {
      int k = n - LEVEL_BLOCKS + i;
      last[i] = y[k] - line.slope() * x[k];
    }
    level = TheilSen.median(last);
  }

  /** How many complete blocks there are. */
  int filled() {
    return filled;
  }

  /** Over the younger half of the blocks. */
  double mean() {
    return mean;
  }

  /** Where the line is at the end of the last complete block. */
  double level() {
    return level;
  }

  /** A block; what noise may have made of it is taken away. */
  double slope() {
    return slope;
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(block);
    out.writeDouble(sum);
    out.writeInt(count);
    for (float value : means) {
      out.writeFloat(value);
    }
  }

  void restore(DataInput in) throws IOException {
    block = in.readLong();
    sum = in.readDouble();
    count = in.readInt();
    for (int i = 0; i < means.length; i++) {
      means[i] = in.readFloat();
    }
    refresh();
  }
}
