package dev.tidemark.diagnosis.goroutine;

import org.jspecify.annotations.Nullable;

/** Which goroutines came already; remembers the first four million. */
final class SeenIds {
  /** 64 MB at most; a dump of the runtime's 64 MiB holds about 100,000. */
  private static final int MOST = 4 << 20;

  private long[] slots = new long[1 << 10];
  private int used;

  /** Whether the id came for the first time; ids count from 1. */
  boolean add(long id) {
    if (id <= 0) {
      return true;
    }
    int slot = find(slots, id);
    if (slots[slot] == id) {
      return false;
    }
    if (used < MOST) {
      slots[slot] = id;
      used++;
      if (used * 2 > slots.length) {
        grow();
      }
    }
    return true;
  }

  /** Whether the id came; not known once more came than are remembered. */
  @Nullable Boolean contains(long id) {
    if (id <= 0 || used == MOST) {
      return null;
    }
    return slots[find(slots, id)] == id;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long id : slots) {
      if (id != 0) {
        larger[find(larger, id)] = id;
      }
    }
    slots = larger;
  }

  private static int find(long[] slots, long id) {
    int slot = (int) ((id * 0x9E3779B97F4A7C15L) >>> 33) & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != id) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
