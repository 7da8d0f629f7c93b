package dev.tidemark.diagnosis.goroutine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Locks taken in opposite order: goroutines each of which waits for a lock whose address another of
 * them was called with, round in a circle. A dump does not tell who holds a lock, but who has
 * nothing to do with it was not called with it.
 */
final class LockCycles {
  /** Beyond these a dump is hostile. */
  private static final int MOST = 10_000;

  /** Of a group that was called with one lock; they are alike. */
  private static final int EACH = 4;

  private static final class Waiter {
    final int order;
    final StackGroup group;
    final List<Long> known;
    final long lock;
    final List<Waiter> holders = new ArrayList<>(2);
    final List<Waiter> waiting = new ArrayList<>(2);
    int held;

    Waiter(int order, StackGroup group, Member member) {
      this.order = order;
      this.group = group;
      lock = member.pointers().get(0);
      known = member.pointers().subList(1, member.pointers().size());
    }
  }

  private LockCycles() {}

  /**
   * Whom each group waits for, of those that wait in a circle or for somebody who does.
   *
   * @param waiters that wait for locks
   */
  static IdentityHashMap<StackGroup, StackGroup> among(List<StackGroup> waiters) {
    List<Waiter> all = new ArrayList<>();
    for (StackGroup group : waiters) {
      for (Member member : group.members()) {
        if (member.pointers().size() > 1 && all.size() < MOST) {
          all.add(new Waiter(all.size(), group, member));
        }
      }
    }
    tie(all);
    Deque<Waiter> free = new ArrayDeque<>();
    for (Waiter waiter : all) {
      if (waiter.held == 0) {
        free.add(waiter);
      }
    }
    while (!free.isEmpty()) {
      for (Waiter other : free.remove().waiting) {
        if (--other.held == 0) {
          free.add(other);
        }
      }
    }
    IdentityHashMap<StackGroup, StackGroup> holders = new IdentityHashMap<>();
    for (Waiter waiter : all) {
      waiter.holders.stream()
          .filter(holder -> waiter.held > 0 && holder.held > 0)
          .min(Comparator.comparingInt(holder -> holder.order))
          .ifPresent(holder -> holders.putIfAbsent(waiter.group, holder.group));
    }
    return holders;
  }

  private static void tie(List<Waiter> all) {
    Map<Long, IdentityHashMap<StackGroup, List<Waiter>>> knowing = new HashMap<>();
    for (Waiter waiter : all) {
      for (long known : waiter.known) {
        List<Waiter> alike =
            knowing
                .computeIfAbsent(known, k -> new IdentityHashMap<>(2))
                .computeIfAbsent(waiter.group, group -> new ArrayList<>(1));
        if (alike.size() < EACH) {
          alike.add(waiter);
        }
      }
    }
    for (Waiter waiter : all) {
      IdentityHashMap<StackGroup, List<Waiter>> groups = knowing.get(waiter.lock);
      if (groups == null || groups.size() > Ties.COMMON) {
        continue; // nobody knows it, or all do, as they know the program's one registry
      }
      groups.forEach(
          (group, those) -> {
            // who stands further up in the same function may not hold any lock yet
            if (!Holders.isFurtherIn(waiter.group, group)) {
              waiter.holders.addAll(those);
            }
          });
      waiter.held = waiter.holders.size();
      waiter.holders.forEach(holder -> holder.waiting.add(waiter));
    }
  }
}
