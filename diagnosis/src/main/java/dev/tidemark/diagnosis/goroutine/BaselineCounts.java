package dev.tidemark.diagnosis.goroutine;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many goroutines of each kind an earlier dump held. Kinds are compared by function and file
 * name, not by line or state: lines move with each release, and a goroutine that was in one select
 * may be in the next. Creators count only where both dumps tell them.
 */
final class BaselineCounts {
  private record Place(String function, @Nullable String creator) {}

  private final Map<Place, Long> exact = new HashMap<>();
  private final Map<String, Long> byFunction = new HashMap<>();
  private final boolean counted;

  private BaselineCounts(boolean counted) {
    this.counted = counted;
  }

  static BaselineCounts of(GoroutineDump dump) {
    BaselineCounts counts = new BaselineCounts(dump.form() == GoroutineDump.Form.COUNTS);
    for (StackGroup group : dump.groups()) {
      String function = function(group);
      counts.byFunction.merge(function, group.count(), Long::sum);
      counts.exact.merge(new Place(function, creator(group)), group.count(), Long::sum);
    }
    return counts;
  }

  long of(StackGroup group, boolean groupCounted) {
    String function = function(group);
    return counted || groupCounted
        ? byFunction.getOrDefault(function, 0L)
        : exact.getOrDefault(new Place(function, creator(group)), 0L);
  }

  private static String function(StackGroup group) {
    if (group.blockedAt() != null) {
      return group.blockedAt().function();
    }
    return group.stack().isEmpty()
        ? String.valueOf(group.state())
        : group.stack().get(group.stack().size() - 1).function();
  }

  private static @Nullable String creator(StackGroup group) {
    return group.createdBy() == null ? null : group.createdBy().function();
  }
}
