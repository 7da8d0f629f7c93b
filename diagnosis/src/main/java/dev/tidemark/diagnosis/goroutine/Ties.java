package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who has to do with the members of a group. What one member shares speaks for that one: a thousand
 * that are left behind do not live because the newest still has a starter.
 */
final class Ties {
  /** An address or name that more groups share tells nothing about any of them. */
  static final int COMMON = 40;

  private static final int ALL = -1;

  private final StackGroup group;
  private final int everyone;
  private final int orphans;
  private final IdentityHashMap<StackGroup, Integer> byGroup = new IdentityHashMap<>();

  /**
   * As they were found: the map's own order is another in each run, and a reason names the first.
   */
  private final List<StackGroup> inOrder = new ArrayList<>();

  Ties(StackGroup group) {
    this.group = group;
    int size = Math.min(group.members().size(), Integer.SIZE);
    everyone = size == 0 || size == Integer.SIZE ? ALL : (1 << size) - 1;
    int gone = 0;
    for (int i = 0; i < size; i++) {
      gone |= Boolean.TRUE.equals(group.members().get(i).orphan()) ? 1 << i : 0;
    }
    orphans = gone;
  }

  /** Others that one member has to do with, unless they are too many to mean anything. */
  void ofMember(int member, @Nullable Collection<StackGroup> others) {
    add(1 << member, others, COMMON);
  }

  /** Others that one member started: it may wait for each of them, however many they are. */
  void ofChildren(int member, @Nullable Collection<StackGroup> others) {
    add(1 << member, others, Integer.MAX_VALUE);
  }

  /** Others that all have to do with; they say nothing of members whose starter is gone. */
  void ofAll(@Nullable Collection<StackGroup> others) {
    add(everyone & ~orphans, others, COMMON);
  }

  @SuppressWarnings("ReferenceEquality") // a group is itself, and comparing whole stacks is dear
  private void add(int members, @Nullable Collection<StackGroup> others, int most) {
    if (others == null || others.size() > most || members == 0) {
      return;
    }
    for (StackGroup other : others) {
      if (other == group) {
        continue;
      }
      Integer before = byGroup.get(other);
      byGroup.put(other, before == null ? members : before | members);
      if (before == null) {
        inOrder.add(other);
      }
    }
  }

  List<StackGroup> groups() {
    return Collections.unmodifiableList(inOrder);
  }

  List<StackGroup> groups(Predicate<StackGroup> such) {
    return inOrder.stream().filter(such).toList();
  }

  /** Which of the members another group has to do with, a bit for each. */
  int membersOf(StackGroup other) {
    return byGroup.getOrDefault(other, 0);
  }

  /** Whether members speak for the whole group: half of those known, and each without starter. */
  boolean suffice(int members) {
    return (orphans & ~members) == 0 && 2 * Integer.bitCount(members) >= Integer.bitCount(everyone);
  }
}
