package dev.tidemark.engine.growth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * From how high a process came down by itself, today and the day before: what falls by half of its
 * range without a restart is no leak, however straight it rises again.
 */
final class Ebb {
  private static final long DAY = 86_400_000;
  private static final float HEADROOM = 1.25f;

  private long day = Long.MIN_VALUE;
  private float lowest = Float.NaN;
  private float peak = Float.NaN;
  private float today = Float.NaN;
  private float before = Float.NaN;

  /** Takes the point of a block that ends at a time. */
  void add(long timeMillis, float point, double smallestBand) {
    long now = Math.floorDiv(timeMillis, DAY);
    if (now != day) {
      before = now == day + 1 ? today : Float.NaN;
      today = Float.NaN;
      lowest = Float.NaN;
      peak = Float.NaN;
      day = now;
    }
    lowest = lowest <= point ? lowest : point;
    peak = peak >= point ? peak : point;
    float range = peak - lowest;
    if (range > smallestBand && peak - point >= range / 2) {
      float from = lowest + HEADROOM * range;
      today = today >= from ? today : from;
    }
  }

  /** A quarter of its range above the highest it came down from; NaN when it never did. */
  double from() {
    return today >= before || Float.isNaN(before) ? today : before;
  }

  void clear() {
    day = Long.MIN_VALUE;
    lowest = Float.NaN;
    peak = Float.NaN;
    today = Float.NaN;
    before = Float.NaN;
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(day);
    out.writeFloat(lowest);
    out.writeFloat(peak);
    out.writeFloat(today);
    out.writeFloat(before);
  }

  void restore(DataInput in) throws IOException {
    day = in.readLong();
    lowest = in.readFloat();
    peak = in.readFloat();
    today = in.readFloat();
    before = in.readFloat();
  }
}
