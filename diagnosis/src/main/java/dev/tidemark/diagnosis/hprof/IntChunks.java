package dev.tidemark.diagnosis.hprof;

import java.util.ArrayList;
import java.util.List;

/** A list of ints that grows without copying. */
final class IntChunks {
  private static final int BITS = 18;

  private final List<int[]> chunks = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void add(int value) {
    int chunk = size >>> BITS;
    if (chunk == chunks.size()) {
      chunks.add(new int[1 << BITS]);
    }
    chunks.get(chunk)[size & ((1 << BITS) - 1)] = value;
    size++;
  }

  int get(int index) {
    return chunks.get(index >>> BITS)[index & ((1 << BITS) - 1)];
  }
}
