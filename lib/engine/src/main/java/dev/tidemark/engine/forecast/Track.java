package dev.tidemark.engine.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How the experts did lately at one horizon, and what they say together: each counts by the inverse
 * of its error (after Bates and Granger, "The Combination of Forecasts", 1969), to the fourth
 * power, so that a clear leader almost decides alone. Who was not clearly nearer than "it stays" is
 * not heard: what stands still and steps now and then is left as it is.
 */
final class Track {
  private static final int PENDING = 10;
  private static final int TOLD = Experts.COUNT;
  private static final int WIDTH = Experts.COUNT + 1;

  /** So many forecasts that came due weigh on an error; about five hours at half an hour ahead. */
  private static final int MEMORY = 100;

  /** An error over that of "it stays" above which an expert is not heard. */
  private static final double HEARD = 0.9;

  private static final long NONE = Long.MIN_VALUE;

  final long horizonMillis;
  private final long every;
  private final long[] due = new long[PENDING];
  private final float[] said = new float[PENDING * WIDTH];
  private final double[] errors = new double[WIDTH];
  private final int[] counts = new int[WIDTH];
  private long newest = NONE;

  Track(long horizonMillis, long intervalMillis) {
    this.horizonMillis = horizonMillis;
    this.every = Math.max(intervalMillis, horizonMillis / PENDING + 1);
    Arrays.fill(due, NONE);
  }

  /** What was said of a process that is gone can no longer come true. */
  void restart() {
    Arrays.fill(due, NONE);
  }

  /** Compares what came due within the last {@code slack} with what came. */
  void settle(long timeMillis, double value, long slack) {
    for (int i = 0; i < PENDING; i++) {
      if (due[i] == NONE || due[i] > timeMillis) {
        continue;
      }
      if (timeMillis - due[i] < slack) {
        for (int e = 0; e < WIDTH; e++) {
          learn(e, Math.abs(said[i * WIDTH + e] - value));
        }
      }
      due[i] = NONE;
    }
  }

  private void learn(int expert, double error) {
    if (!Double.isNaN(error)) {
      counts[expert] = Math.min(counts[expert] + 1, MEMORY);
      errors[expert] += (error - errors[expert]) / counts[expert];
    }
  }

  double together(double[] opinions) {
    double least = Double.MAX_VALUE;
    for (int e = 0; e < Experts.COUNT; e++) {
      least = counts[e] == 0 ? least : Math.min(least, errors[e]);
    }
    double weights = 0;
    double sum = 0;
    for (int e = 0; e < Experts.COUNT; e++) {
      if (!Double.isNaN(opinions[e])) {
        double weight = weight(e, least);
        weights += weight;
        sum += weight * opinions[e];
      }
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }

  private double weight(int expert, double least) {
    if (least == Double.MAX_VALUE) {
      return 1;
    }
    boolean tried = counts[expert] > 0;
    boolean better = expert == Experts.LAST || errors[expert] <= HEARD * errors[Experts.LAST];
    if (!tried || !better) {
      return 0;
    }
    double ratio = errors[expert] == 0 ? 1 : least / errors[expert];
    return ratio * ratio * ratio * ratio;
  }

  void remember(long timeMillis, double[] opinions, double together) {
    if (newest != NONE && timeMillis - newest < every) {
      return;
    }
    newest = timeMillis;
    for (int i = 0; i < PENDING; i++) {
      if (due[i] == NONE) {
        due[i] = timeMillis + horizonMillis;
        for (int e = 0; e < Experts.COUNT; e++) {
          said[i * WIDTH + e] = (float) opinions[e];
        }
        said[i * WIDTH + TOLD] = (float) together;
        return;
      }
    }
  }

  double error() {
    return counts[TOLD] == 0 ? Double.NaN : errors[TOLD];
  }

  double lastValueError() {
    return counts[Experts.LAST] == 0 ? Double.NaN : errors[Experts.LAST];
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(newest);
    for (int e = 0; e < WIDTH; e++) {
      out.writeDouble(errors[e]);
      out.writeInt(counts[e]);
    }
    for (int i = 0; i < PENDING; i++) {
      out.writeLong(due[i]);
      for (int e = 0; e < WIDTH; e++) {
        out.writeFloat(said[i * WIDTH + e]);
      }
    }
  }

  void restore(DataInput in) throws IOException {
    newest = in.readLong();
    for (int e = 0; e < WIDTH; e++) {
      errors[e] = in.readDouble();
      counts[e] = in.readInt();
    }
    for (int i = 0; i < PENDING; i++) {
      due[i] = in.readLong();
      for (int e = 0; e < WIDTH; e++) {
        said[i * WIDTH + e] = in.readFloat();
      }
    }
  }
}
