package dev.tidemark.engine.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A sliding window of slots with one code each and the counts of all of them. The newest slot ends
 * the window; what leaves it is taken from the counts ("subtract on evict", as in the
 * sliding-window aggregation of Tangwongsan, Hirzel and Schneider), so a slide costs one addition
 * and one subtraction whatever its length. Not safe for several threads.
 */
public final class CodeRing {
  private static final long EMPTY = Long.MIN_VALUE;

  private final long slotMillis;
  private final char[] codes;
  private final CodeCounts counts = new CodeCounts();
  private long head = EMPTY;

  /**
   * @param slots how many slots the window spans
   */
  public CodeRing(long slotMillis, int slots) {
    this.slotMillis = slotMillis;
    this.codes = new char[slots];
  }

  /**
   * Puts a code into the slot of its time; a slot keeps the first that falls in it.
   *
   * @return whether the code is in the window now
   */
  public boolean add(long timeMillis, char code) {
    long slot = Math.floorDiv(timeMillis, slotMillis);
    if (slot <= head && head != EMPTY) {
      return false;
    }
    advance(slot);
    codes[index(slot)] = code;
    counts.add(code);
    return true;
  }

  private void advance(long slot) {
    if (head == EMPTY || slot - head >= codes.length) {
      Arrays.fill(codes, LogCode.NONE);
      counts.clear();
    } else {
      for (long s = head + 1; s <= slot; s++) {
        int i = index(s);
        if (codes[i] != LogCode.NONE) {
          counts.remove(codes[i]);
          codes[i] = LogCode.NONE;
        }
      }
    }
    head = slot;
  }

  private int index(long slot) {
    return (int) Math.floorMod(slot, (long) codes.length);
  }

  /** How many slots hold a sample. */
  public int filled() {
    return (int) counts.total();
  }

  public int slots() {
    return codes.length;
  }

  public long slotMillis() {
    return slotMillis;
  }

  /** As {@link CodeCounts#quantile}, over the window that ends with the newest slot. */
  public double quantile(double q) {
    return counts.quantile(q);
  }

  /**
   * The sample of the slot that holds a time.
   *
   * @return NaN when the slot is empty or outside the window
   */
  public double at(long timeMillis) {
    long slot = Math.floorDiv(timeMillis, slotMillis);
    if (head == EMPTY || slot > head || slot <= head - codes.length) {
      return Double.NaN;
    }
    return LogCode.decode(codes[index(slot)]);
  }

  /** Every slot of the window, oldest first; NaN for an empty one. */
  public double[] values() {
    double[] values = new double[codes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          head == EMPTY ? Double.NaN : LogCode.decode(codes[index(head - values.length + 1 + i)]);
    }
    return values;
  }

  /** Writes the slots from oldest to newest. */
  public void encode(DataOutput out) throws IOException {
    out.writeLong(head);
    if (head == EMPTY) {
      return;
    }
    for (long s = head - codes.length + 1; s <= head; s++) {
      out.writeChar(codes[index(s)]);
    }
  }

  /** Reads what {@link #encode} wrote for a ring of the same shape. */
  public static CodeRing decode(DataInput in, long slotMillis, int slots) throws IOException {
    CodeRing read = new CodeRing(slotMillis, slots);
    long head = in.readLong();
    if (head == EMPTY) {
      return read;
    }
    if (Math.abs(head) > Long.MAX_VALUE / slotMillis / 2) {
      throw new IOException("damaged window: its newest slot is " + head);
    }
    read.head = head;
    for (long s = head - slots + 1; s <= head; s++) {
      char code = in.readChar();
      read.codes[read.index(s)] = code;
      if (code != LogCode.NONE) {
        read.counts.add(code);
      }
    }
    return read;
  }
}
