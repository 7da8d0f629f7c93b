package dev.tidemark.engine.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A sliding window of slots with one code each. The newest slot ends the window; what leaves it is
 * taken from the counts of the palette ("subtract on evict", as in the sliding-window aggregation
 * of Tangwongsan, Hirzel and Schneider), so a slide costs one addition and one subtraction whatever
 * its length. Not safe for several threads.
 */
public final class CodeRing {
  private static final long EMPTY = Long.MIN_VALUE;
  private static final int NONE = 0;

  private final Palette palette;
  private final int ring;
  private final long slotMillis;

  /** The number of each slot's code in the palette, and one; 0 for an empty slot. */
  private final Packed cells;

  private int filled;
  private long head = EMPTY;

  CodeRing(Palette palette, int ring, long slotMillis, int slots) {
    this.palette = palette;
    this.ring = ring;
    this.slotMillis = slotMillis;
    this.cells = new Packed(slots);
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
    put(slot, code);
    return true;
  }

  private void put(long slot, char code) {
    cells.set(index(slot), palette.add(code, ring) + 1);
    filled++;
  }

  private void advance(long slot) {
    if (head != EMPTY) {
      long leaving = Math.min(slot - head, cells.length());
      for (long s = slot - leaving + 1; s <= slot; s++) {
        int i = index(s);
        if (cells.get(i) != NONE) {
          palette.remove(cells.get(i) - 1, ring);
          cells.set(i, NONE);
          filled--;
        }
      }
    }
    head = slot;
  }

  private int index(long slot) {
    return (int) Math.floorMod(slot, (long) cells.length());
  }

  private char code(long slot) {
    int cell = cells.get(index(slot));
    return cell == NONE ? LogCode.NONE : palette.code(cell - 1);
  }

  /** How many slots hold a sample. */
  public int filled() {
    return filled;
  }

  public int slots() {
    return cells.length();
  }

  public long slotMillis() {
    return slotMillis;
  }

  /**
   * The value at rank q·(n−1) in ascending order, linearly between neighbours, over the window that
   * ends with the newest slot: the convention of Prometheus' {@code quantile_over_time}.
   *
   * @param q in [0, 1]
   * @return NaN when the window is empty
   */
  public double quantile(double q) {
    return palette.quantile(ring, filled, q);
  }

  /**
   * The sample of the slot that holds a time.
   *
   * @return NaN when the slot is empty or outside the window
   */
  public double at(long timeMillis) {
    long slot = Math.floorDiv(timeMillis, slotMillis);
    if (head == EMPTY || slot > head || slot <= head - cells.length()) {
      return Double.NaN;
    }
    return LogCode.decode(code(slot));
  }

  /** Where the newest slot ends; only when there was one. */
  public long endMillis() {
    return (head + 1) * slotMillis;
  }

  /** Every slot of the window, oldest first; NaN for an empty one. */
  public double[] values() {
    double[] values = new double[cells.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = head == EMPTY ? Double.NaN : LogCode.decode(code(head - values.length + 1 + i));
    }
    return values;
  }

  /**
   * Writes the codes that are held, ascending, and which of them is in each slot from oldest to
   * newest, a byte each where there are few codes. Numbers of the palette mean nothing elsewhere.
   */
  public void encode(DataOutput out) throws IOException {
    out.writeLong(head);
    if (head == EMPTY) {
      return;
    }
    int[] held = palette.held(ring);
    int[] places = new int[palette.numbers()];
    out.writeChar(held.length);
    for (int i = 0; i < held.length; i++) {
      out.writeChar(palette.code(held[i]));
      places[held[i]] = i + 1;
    }
    boolean wide = isWide(held.length);
    byte[] slots = new byte[wide ? 2 * cells.length() : cells.length()];
    int from = index(head + 1);
    for (int i = 0; i < cells.length(); i++) {
      int cell = cells.get(from + i < cells.length() ? from + i : from + i - cells.length());
      int place = cell == NONE ? NONE : places[cell - 1];
      if (wide) {
        slots[2 * i] = (byte) (place >> Byte.SIZE);
        slots[2 * i + 1] = (byte) place;
      } else {
        slots[i] = (byte) place;
      }
    }
    out.write(slots);
  }

  private static boolean isWide(int codes) {
    return codes > 255;
  }

  /** Restores this, newly made of the same shape, from what {@link #encode} wrote. */
  public void restore(DataInput in) throws IOException {
    long newest = in.readLong();
    if (newest == EMPTY) {
      return;
    }
    if (Math.abs(newest) > Long.MAX_VALUE / slotMillis / 2) {
      throw new IOException("damaged window: its newest slot is " + newest);
    }
    head = newest;
    char[] codes = readCodes(in);
    boolean wide = isWide(codes.length);
    byte[] places = new byte[wide ? 2 * cells.length() : cells.length()];
    in.readFully(places);
    int[] counts = counts(places, codes.length, wide);
    char[] numbers = new char[codes.length + 1];
    int largest = NONE;
    for (int i = 1; i < numbers.length; i++) {
      if (counts[i] == 0) {
        throw new IOException("damaged window: no slot holds code " + (int) codes[i - 1]);
      }
      numbers[i] = (char) (palette.add(codes[i - 1], ring, counts[i]) + 1);
      largest = Math.max(largest, numbers[i]);
    }
    int wraps = cells.length() - index(head + 1);
    Packed.Refill refill = cells.refill(largest);
    put(places, wraps, cells.length(), numbers, wide, refill);
    put(places, 0, wraps, numbers, wide, refill);
    refill.end();
    filled = cells.length() - counts[NONE];
  }

  /** How many slots hold each of the codes, from 1; first, how many are empty. */
  private int[] counts(byte[] places, int codes, boolean wide) throws IOException {
    int[] counts = new int[codes + 1];
    for (int i = 0; i < cells.length(); i++) {
      int place = place(places, i, wide);
      if (place > codes) {
        throw new IOException("damaged window: code " + place + " of " + codes);
      }
      counts[place]++;
    }
    return counts;
  }

  private static void put(
      byte[] places, int from, int to, char[] numbers, boolean wide, Packed.Refill refill) {
    for (int i = from; i < to; i++) {
      refill.put(numbers[place(places, i, wide)]);
    }
  }

  /** Which of the codes is in a slot, from 1; 0 for an empty one. */
  private static int place(byte[] places, int slot, boolean wide) {
    return wide
        ? unsigned(places, 2 * slot) << Byte.SIZE | unsigned(places, 2 * slot + 1)
        : unsigned(places, slot);
  }

  private char[] readCodes(DataInput in) throws IOException {
    int count = in.readUnsignedShort();
    if (count > cells.length()) {
      throw new IOException("damaged window: " + count + " codes in " + cells.length() + " slots");
    }
    char[] codes = new char[count];
    char before = LogCode.NONE;
    for (int i = 0; i < count; i++) {
      codes[i] = in.readChar();
      if (codes[i] <= before) {
        throw new IOException("damaged window: its codes do not ascend");
      }
      before = codes[i];
    }
    return codes;
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }
}
