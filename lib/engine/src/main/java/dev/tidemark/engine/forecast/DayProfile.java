package dev.tidemark.engine.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The mean level of each quarter of an hour of the day; the last days count most. */
final class DayProfile {
  private static final long SLOT = 900_000;
  private static final int SLOTS = 96;
  private static final double NEW_DAY = 0.5;
  private static final long NONE = Long.MIN_VALUE;

  private final float[] levels = new float[SLOTS];
  private long slot = NONE;
  private double sum;
  private int count;

  DayProfile() {
    Arrays.fill(levels, Float.NaN);
  }

  void add(long timeMillis, double value) {
    long now = Math.floorDiv(timeMillis, SLOT);
    if (now != slot && slot != NONE) {
      int i = at(slot);
      float mean = (float) (sum / count);
      levels[i] =
          Float.isNaN(levels[i]) ? mean : (float) (levels[i] + NEW_DAY * (mean - levels[i]));
      sum = 0;
      count = 0;
    }
    slot = now;
    sum += value;
    count++;
  }

  /** How the level usually changes between two times; NaN where a day is not known yet. */
  double change(long fromMillis, long toMillis) {
    return level(toMillis) - level(fromMillis);
  }

  private double level(long timeMillis) {
    double place = (double) timeMillis / SLOT - 0.5;
    long before = (long) Math.floor(place);
    double part = place - before;
    return levels[at(before)] * (1 - part) + levels[at(before + 1)] * part;
  }

  private static int at(long slot) {
    return (int) Math.floorMod(slot, (long) SLOTS);
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(slot);
    out.writeDouble(sum);
    out.writeInt(count);
    for (float level : levels) {
      out.writeFloat(level);
    }
  }

  void restore(DataInput in) throws IOException {
    slot = in.readLong();
    sum = in.readDouble();
    count = in.readInt();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = in.readFloat();
    }
  }
}
