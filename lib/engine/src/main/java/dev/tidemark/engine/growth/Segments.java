package dev.tidemark.engine.growth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One process after the other. A new process start ends a segment; where the start is not known a
 * gap does, or a fall by half that the blocks show. After each, growth is not looked at until the
 * warm-up is over. A process that was old when it was first seen needs no warm-up.
 */
final class Segments {
  private static final long UNKNOWN = 0;
  private static final long NONE = Long.MIN_VALUE;
  private static final long LEAST_GAP = 300_000;

  /** Sources round the start to seconds. */
  private static final long SAME_START = 1_500;

  private final long warmUp;
  private final long gap;
  private long start = UNKNOWN;
  private long warmUntil = NONE;
  private long last = NONE;

  Segments(long warmUpMillis, long intervalMillis) {
    warmUp = warmUpMillis;
    gap = Math.max(LEAST_GAP, 5 * intervalMillis);
  }

  /**
   * Takes the next sample's time and process start; a start in the future is no start.
   *
   * @return why a new segment begins with it, empty where none does
   */
  String next(long timeMillis, long startMillis) {
    boolean afterGap = last != NONE && timeMillis - last > gap;
    String missed =
        afterGap ? "there was a gap of " + Numbers.time((timeMillis - last) / 1000.0) : "";
    last = timeMillis;
    boolean plausible = startMillis > UNKNOWN && startMillis <= timeMillis + SAME_START;
    if (plausible) {
      boolean other = start != UNKNOWN && Math.abs(startMillis - start) > SAME_START;
      boolean learnt = start == UNKNOWN;
      if (other || learnt) {
        start = startMillis;
        warmUntil = startMillis + warmUp;
      }
      return other ? "the process started anew" : learnt ? missed : "";
    }
    if (start == UNKNOWN && afterGap) {
      warmUntil = timeMillis + warmUp;
      return missed;
    }
    return "";
  }

  /** Begins a segment because the blocks fell by half; only where no start is known. */
  void fell(long timeMillis) {
    warmUntil = timeMillis + warmUp;
  }

  boolean startKnown() {
    return start != UNKNOWN;
  }

  /** When the warm-up is over, {@link Long#MIN_VALUE} where there is none. */
  long warmUntil() {
    return warmUntil;
  }

  boolean warmingUp(long timeMillis) {
    return warmUntil != NONE && timeMillis < warmUntil;
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(start);
    out.writeLong(warmUntil);
    out.writeLong(last);
  }

  void restore(DataInput in) throws IOException {
    start = in.readLong();
    warmUntil = in.readLong();
    last = in.readLong();
  }
}
