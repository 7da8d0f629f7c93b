package dev.tidemark.engine.baseline;

import dev.tidemark.engine.window.LogCode;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Codes that wait before they teach: one a slot, gaps kept, oldest first. Bounded: the oldest goes
 * when there would be more slots than the lag and the freeze cap need together.
 */
final class HoldQueue {
  private static final int FIRST_CAPACITY = 16;

  private final int bound;
  private char[] codes = new char[FIRST_CAPACITY];
  private int start;
  private int size;
  private long first;

  HoldQueue(int bound) {
    this.bound = bound;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The slot of the oldest entry; only when not empty. */
  long first() {
    return first;
  }

  /** The slot of the newest entry; only when not empty. */
  long last() {
    return first + size - 1;
  }

  /** Adds a code; a slot that is taken, or older than the newest, keeps what it has. */
  void push(long slot, char code) {
    if (size > 0 && slot <= last()) {
      return;
    }
    if (size == 0 || slot - last() >= bound) {
      size = 0;
      start = 0;
      first = slot;
    }
    while (slot - first >= bound) {
      pop();
      if (size == 0) {
        first = slot;
      }
    }
    int needed = (int) (slot - first) + 1;
    reserve(needed);
    for (int i = size; i < needed - 1; i++) {
      codes[at(i)] = LogCode.NONE;
    }
    codes[at(needed - 1)] = code;
    size = needed;
  }

  /** The code of a slot from {@link #first} to {@link #last}, {@link LogCode#NONE} for a gap. */
  char code(long slot) {
    return codes[at((int) (slot - first))];
  }

  /** Takes the oldest entry, {@link LogCode#NONE} for a gap; only when not empty. */
  char pop() {
    char code = codes[start];
    start = at(1);
    first++;
    size--;
    return code;
  }

  /** Forgets every entry at or after a slot, and the memory a long hold took. */
  void truncate(long slot) {
    size = (int) Math.max(0, Math.min(size, slot - first));
    while (size > 0 && codes[at(size - 1)] == LogCode.NONE) {
      size--;
    }
    resize(Math.max(FIRST_CAPACITY, size));
  }

  private int at(int i) {
    int j = start + i;
    return j >= codes.length ? j - codes.length : j;
  }

  private void reserve(int needed) {
    if (needed > codes.length) {
      resize(Math.min(Math.max(needed, codes.length * 2), Math.max(bound, needed)));
    }
  }

  private void resize(int capacity) {
    char[] moved = new char[capacity];
    for (int i = 0; i < size; i++) {
      moved[i] = codes[at(i)];
    }
    codes = moved;
    start = 0;
  }

  void encode(DataOutput out) throws IOException {
    out.writeInt(size);
    out.writeLong(first);
    for (int i = 0; i < size; i++) {
      out.writeChar(codes[at(i)]);
    }
  }

  static HoldQueue decode(DataInput in, int bound) throws IOException {
    HoldQueue read = new HoldQueue(bound);
    int size = in.readInt();
    read.first = in.readLong();
    if (size < 0 || size > bound || Math.abs(read.first) > 1L << 52) {
      throw new IOException("damaged hold queue: " + size + " entries from slot " + read.first);
    }
    for (int i = 0; i < size; i++) {
      if (i == read.codes.length) {
        read.codes = Arrays.copyOf(read.codes, Math.min(size, 2 * i));
      }
      read.codes[i] = in.readChar();
      read.size++;
    }
    return read;
  }
}
