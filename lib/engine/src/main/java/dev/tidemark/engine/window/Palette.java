package dev.tidemark.engine.window;

import java.util.Arrays;

/**
 * The distinct codes that the rings of one series hold, and how often each ring holds each. A slot
 * of a ring then needs the few bits of the number of its code in here: six for 63 codes, which are
 * the values of a series that spread over a factor of 1.9. Which number a code has depends on what
 * came before and is never told. Not safe for several threads.
 */
public final class Palette {
  private static final int FIRST_CAPACITY = 4;

  private final int rings;
  private char[] codes = new char[FIRST_CAPACITY];

  /** How often a ring holds a code, at code number × rings + ring; a ring has 65,535 slots. */
  private final Cells counts;

  /** Code numbers: those in use, ascending by code, then those that are free. */
  private final Cells order = new Cells(FIRST_CAPACITY);

  private int used;

  /**
   * @param rings how many rings there will be
   */
  public Palette(int rings) {
    this.rings = rings;
    counts = new Cells(FIRST_CAPACITY * rings);
    for (int i = 0; i < FIRST_CAPACITY; i++) {
      order.set(i, i);
    }
  }

  /**
   * A ring whose codes are in here.
   *
   * @param ring which of them, from 0; each once
   * @param slots how many slots the window spans
   */
  public CodeRing ring(int ring, long slotMillis, int slots) {
    return new CodeRing(this, ring, slotMillis, slots);
  }

  int used() {
    return used;
  }

  /** All numbers in use are below this. */
  int numbers() {
    return codes.length;
  }

  char code(int number) {
    return codes[number];
  }

  /** Counts one more of a code in a ring, and tells its number. */
  int add(char code, int ring) {
    return add(code, ring, 1);
  }

  /** Counts so many more, at least one. */
  int add(char code, int ring, int more) {
    int at = find(code);
    int number = at >= 0 ? order.get(at) : insert(-at - 1, code);
    int cell = number * rings + ring;
    counts.set(cell, counts.get(cell) + more);
    return number;
  }

  /** The numbers of the codes that a ring holds, ascending by code. */
  int[] held(int ring) {
    int[] held = new int[used];
    int size = 0;
    for (int place = 0; place < used; place++) {
      if (count(ring, place) > 0) {
        held[size++] = order.get(place);
      }
    }
    return Arrays.copyOf(held, size);
  }

  /** Counts one less; a code that no ring holds any more gives its number back. */
  void remove(int number, int ring) {
    int cell = number * rings + ring;
    int count = counts.get(cell) - 1;
    if (count < 0) {
      throw new IllegalStateException("code " + (int) codes[number] + " was not added");
    }
    counts.set(cell, count);
    if (count == 0 && isUnused(number)) {
      int at = find(codes[number]);
      used--;
      order.move(at + 1, at, used - at);
      order.set(used, number);
    }
  }

  private boolean isUnused(int number) {
    for (int cell = number * rings; cell < (number + 1) * rings; cell++) {
      if (counts.get(cell) != 0) {
        return false;
      }
    }
    return true;
  }

  private int insert(int at, char code) {
    if (used == codes.length) {
      grow();
    }
    int number = order.get(used);
    order.move(at, at + 1, used - at);
    order.set(at, number);
    codes[number] = code;
    used++;
    return number;
  }

  private void grow() {
    int capacity = used + Math.max(FIRST_CAPACITY, used >> 3);
    codes = Arrays.copyOf(codes, capacity);
    counts.grow(capacity * rings);
    order.grow(capacity);
    for (int i = used; i < capacity; i++) {
      order.set(i, i);
    }
  }

  /** The place of a code in the order; where it would be, negative and less one, when missing. */
  private int find(char code) {
    int low = 0;
    int high = used - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      char found = codes[order.get(middle)];
      if (found == code) {
        return middle;
      }
      if (found < code) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /**
   * The value at rank q·(n−1) of a ring in ascending order, linearly between neighbours. Walks from
   * the nearer end, since most who ask want an edge.
   *
   * @param total how many codes the ring holds
   * @return NaN when it holds none
   */
  double quantile(int ring, int total, double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q is " + q + ", must be in [0, 1]");
    }
    if (total == 0) {
      return Double.NaN;
    }
    double rank = q * (total - 1);
    int below = (int) rank;
    double share = rank - below;
    return below < total / 2
        ? fromBottom(ring, below, share)
        : fromTop(ring, total - 1 - below, share);
  }

  private double fromBottom(int ring, int below, double share) {
    int i = 0;
    int seen = count(ring, i);
    while (seen <= below) {
      seen += count(ring, ++i);
    }
    double low = value(i);
    if (share == 0 || seen > below + 1) {
      return low;
    }
    do {
      i++;
    } while (count(ring, i) == 0);
    return low + (value(i) - low) * share;
  }

  private double fromTop(int ring, int above, double share) {
    int i = used - 1;
    int next = i;
    int seen = count(ring, i);
    while (seen <= above) {
      next = count(ring, i) > 0 ? i : next;
      seen += count(ring, --i);
    }
    double low = value(i);
    boolean nextIsSame = seen - count(ring, i) < above;
    if (share == 0 || nextIsSame) {
      return low;
    }
    return low + (value(next) - low) * share;
  }

  private int count(int ring, int place) {
    return counts.get(order.get(place) * rings + ring);
  }

  private double value(int place) {
    return LogCode.decode(codes[order.get(place)]);
  }
}
