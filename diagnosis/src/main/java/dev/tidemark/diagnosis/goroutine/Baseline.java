package dev.tidemark.diagnosis.goroutine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many goroutines of each kind an earlier dump held, and which. Kinds are compared by function
 * and file name, not by line or state: lines move with each release, and a goroutine that was in
 * one select may be in the next. Creators count only where both dumps tell them.
 */
final class Baseline {
  private record Place(String function, @Nullable String creator) {}

  /** Where one is blocked, and how. */
  private record Wait(Place place, @Nullable String state) {
    static Wait of(StackGroup group) {
      return new Wait(new Place(function(group), creator(group)), group.state());
    }
  }

  private final Map<Place, Long> exact = new HashMap<>();
  private final Map<Wait, Set<Long>> ids = new HashMap<>();
  private final Set<Wait> incomplete = new HashSet<>();
  private final Map<String, Long> byFunction = new HashMap<>();
  private final boolean counted;

  private Baseline(boolean counted) {
    this.counted = counted;
  }

  static Baseline of(GoroutineDump dump) {
    Baseline counts = new Baseline(dump.form() == GoroutineDump.Form.COUNTS);
    for (StackGroup group : dump.groups()) {
      String function = function(group);
      counts.byFunction.merge(function, group.count(), Long::sum);
      counts.exact.merge(new Place(function, creator(group)), group.count(), Long::sum);
      counts.remember(group);
    }
    return counts;
  }

  private void remember(StackGroup group) {
    Wait wait = Wait.of(group);
    Set<Long> here = ids.computeIfAbsent(wait, w -> new HashSet<>(4));
    group.members().forEach(member -> here.add(member.id()));
    if (group.members().size() < group.count()) {
      incomplete.add(wait);
    }
  }

  /**
   * Of how many it is certain that they were waiting then as the group does now, and are in it
   * still; 0 when any of them has gone on, or the dumps do not tell.
   */
  long stayed(StackGroup group) {
    Wait wait = Wait.of(group);
    Set<Long> then = ids.getOrDefault(wait, Set.of());
    if (incomplete.contains(wait) || then.contains(0L)) {
      return 0;
    }
    Set<Long> now = group.members().stream().map(Member::id).collect(Collectors.toSet());
    return now.containsAll(then) ? then.size() : 0;
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
