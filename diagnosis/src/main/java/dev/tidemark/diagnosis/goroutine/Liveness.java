package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who lives because others do: those who go on end the waits of some, these of others, and so on.
 * Each tie is looked at once, however long a chain is and in whatever order it is listed.
 */
final class Liveness {
  private static final class Waiter {
    final StackGroup group;
    final Ties ties;

    /** The members that some who live have to do with. */
    int spokenFor;

    boolean lives;

    Waiter(StackGroup group, Ties ties) {
      this.group = group;
      this.ties = ties;
    }
  }

  private Liveness() {}

  /**
   * Those of the waiting whom others let live.
   *
   * @param waiting groups, but for those that live of themselves
   * @param lives of itself
   * @param wakes whether the first, if it lives, can end the wait of the second
   * @param suffice whether it is enough for a group that so many of its members can be woken
   */
  static Set<StackGroup> spread(
      IdentityHashMap<StackGroup, Ties> waiting,
      Predicate<StackGroup> lives,
      BiPredicate<StackGroup, StackGroup> wakes,
      BiPredicate<Ties, Integer> suffice) {
    IdentityHashMap<StackGroup, List<Waiter>> beside = new IdentityHashMap<>();
    waiting.forEach(
        (group, ties) -> {
          Waiter waiter = new Waiter(group, ties);
          for (StackGroup other : ties.groups()) {
            beside.computeIfAbsent(other, o -> new ArrayList<>(2)).add(waiter);
          }
        });
    Set<StackGroup> woken = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<StackGroup> living = new ArrayDeque<>();
    beside.keySet().stream().filter(lives).forEach(living::add);
    while (!living.isEmpty()) {
      StackGroup other = living.remove();
      for (Waiter waiter : beside.getOrDefault(other, List.of())) {
        int members = waiter.spokenFor | waiter.ties.membersOf(other);
        if (!waiter.lives && members != waiter.spokenFor && wakes.test(other, waiter.group)) {
          waiter.spokenFor = members;
          waiter.lives = suffice.test(waiter.ties, members);
          if (waiter.lives) {
            woken.add(waiter.group);
            living.add(waiter.group);
          }
        }
      }
    }
    return woken;
  }
}
