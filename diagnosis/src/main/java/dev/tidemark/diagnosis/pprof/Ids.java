package dev.tidemark.diagnosis.pprof;

import java.util.Arrays;

/**
 * Numbers any 64-bit ids in the order in which they first come, so that arrays can hold the rest.
 */
final class Ids {
  private long[] keys = new long[64];
  private int[] slots = new int[128];
  private int size;

  int size() {
    return size;
  }

  long id(int index) {
    return keys[index];
  }

  int indexOf(long id) {
    int slot = slotOf(id);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == keys.length) {
      grow();
      slot = slotOf(id);
    }
    keys[size] = id;
    slots[slot] = ++size;
    return size - 1;
  }

  private int slotOf(long id) {
    long mixed = id * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && keys[slots[slot] - 1] != id) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * keys.length);
    slots = new int[2 * keys.length];
    for (int i = 0; i < size; i++) {
      slots[slotOf(keys[i])] = i + 1;
    }
  }
}
