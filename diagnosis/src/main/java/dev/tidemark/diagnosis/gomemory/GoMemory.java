package dev.tidemark.diagnosis.gomemory;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Values by the names client_golang gives them ({@code go_memstats_heap_inuse_bytes}), whatever
 * file they come from.
 */
public record GoMemory(Map<String, Double> values) {
  public GoMemory {
    values = Map.copyOf(values);
  }

  /** A value, absent when it is not known or no number. */
  public OptionalDouble value(String name) {
    Double value = values.get(name);
    return value == null || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  /** The first of some values that is known. */
  public OptionalDouble first(String... names) {
    for (String name : names) {
      OptionalDouble value = value(name);
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalDouble.empty();
  }

  /** Reachable at the last collection: as told, else from the goal and GOGC (Go's gc-guide). */
  public OptionalDouble live() {
    OptionalDouble told = value("go_gc_heap_live_bytes");
    OptionalDouble goal = value("go_memstats_next_gc_bytes");
    if (told.isPresent() || goal.isEmpty()) {
      return told;
    }
    double gogc = value("go_gc_gogc_percent").orElse(100);
    return gogc <= 0 || gogc > 1e6
        ? OptionalDouble.empty()
        : OptionalDouble.of(goal.getAsDouble() / (1 + gogc / 100));
  }

  /** GOMEMLIMIT in bytes, absent when it is not known or not set. */
  public OptionalDouble gomemlimit() {
    OptionalDouble limit = value("go_gc_gomemlimit_bytes");
    return limit.isPresent() && limit.getAsDouble() > 9e18 ? OptionalDouble.empty() : limit;
  }

  /** What the runtime has from the system and has not given back. */
  public OptionalDouble held() {
    OptionalDouble sys = value("go_memstats_sys_bytes");
    double released = value("go_memstats_heap_released_bytes").orElse(0);
    return sys.isPresent() ? OptionalDouble.of(sys.getAsDouble() - released) : sys;
  }

  /** This and what another source knows; the values of this one count. */
  public GoMemory with(GoMemory other) {
    Map<String, Double> all = new TreeMap<>(other.values);
    all.putAll(values);
    return new GoMemory(all);
  }

  public static GoMemory unknown() {
    return new GoMemory(Map.of());
  }
}
