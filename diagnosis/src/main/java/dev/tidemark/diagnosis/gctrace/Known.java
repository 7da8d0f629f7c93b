package dev.tidemark.diagnosis.gctrace;

/** Knows collections of one process again, by a print of each. Not for several threads. */
final class Known {
  /** Prints that all processes of a log may keep, 16 bytes each; further ones are not known. */
  static final class Room {
    private int left = 1 << 21;

    private boolean take() {
      return left-- > 0;
    }
  }

  private final Room room;
  private long[] prints = new long[32];
  private int size;
  private long last;

  Known(Room room) {
    this.room = room;
  }

  void add(long print) {
    last = print;
    int at = place(last);
    if (prints[at] != 0 || !room.take()) {
      return;
    }
    prints[at] = last;
    if (++size * 2 > prints.length) {
      long[] before = prints;
      prints = new long[2 * before.length];
      for (long known : before) {
        if (known != 0) {
          prints[place(known)] = known;
        }
      }
    }
  }

  boolean holds(long print) {
    return print == last || prints[place(print)] == print;
  }

  /** Where it is, or would be put. */
  private int place(long print) {
    int at = (int) (print >>> 32) & (prints.length - 1);
    while (prints[at] != 0 && prints[at] != print) {
      at = (at + 1) & (prints.length - 1);
    }
    return at;
  }

  /** What tells a collection from others; never 0, which stands for none. */
  static long print(Cycle cycle) {
    long print = cycle.number();
    for (double part : new double[] {cycle.at(), cycle.clock(), cycle.before(), cycle.live()}) {
      print = (print ^ Double.doubleToLongBits(part)) * 0x9E3779B97F4A7C15L;
      print ^= print >>> 29;
    }
    return print == 0 ? 1 : print;
  }
}
