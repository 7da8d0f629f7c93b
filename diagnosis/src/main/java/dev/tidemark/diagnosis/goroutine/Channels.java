package dev.tidemark.diagnosis.goroutine;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Tells sends from receives by the addresses of the runtime's functions. */
final class Channels {
  /** chansend and chanrecv together are smaller than this in every build seen. */
  private static final long NEAR = 0x8000;

  private Channels() {}

  /**
   * Names each place where a channel operation parks.
   *
   * @param callers park address in chansend or chanrecv, to the addresses it was called from
   */
  static Map<Long, String> name(SortedMap<Long, Set<Long>> callers) {
    Map<Long, String> names = new HashMap<>();
    // one function has all places whose callers lie in the same pair chanrecv1, chanrecv2
    long first = callers.isEmpty() ? 0 : callers.firstKey();
    long last = callers.isEmpty() ? 0 : callers.lastKey();
    boolean both = callers.size() > 1 && last - first < NEAR && !shared(callers, first, last);
    callers.forEach(
        (place, from) -> {
          if (from.size() > 1) {
            names.put(place, "chan receive");
          } else if (both && shared(callers, place, first)) {
            names.put(place, "chan send");
          } else if (both) {
            names.put(place, "chan receive");
          } else {
            names.put(place, InferredStates.EITHER);
          }
        });
    return names;
  }

  /** Whether two places lie in one function: their callers do not have a place between them. */
  private static boolean shared(SortedMap<Long, Set<Long>> callers, long a, long b) {
    if (a == b) {
      return true;
    }
    long low = Math.min(a, b);
    long high = Math.max(a, b);
    Set<Long> highCallers = callers.getOrDefault(high, Set.of());
    // chansend1 < chansend < chanrecv1 < chanrecv: a caller between two places parts them
    return highCallers.stream().noneMatch(caller -> caller > low && caller < high);
  }
}
