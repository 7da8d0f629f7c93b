package dev.tidemark.diagnosis.goroutine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a lock and waits for somebody itself. No dump names the holder; whoever stands further
 * down in the function that others cannot enter has passed its lock.
 */
final class Holders {
  /** Who waits like this keeps its locks; a condition gives its lock back. */
  private static final Set<Waits> KEEP =
      Set.of(
          Waits.SEND,
          Waits.RECEIVE,
          Waits.EITHER,
          Waits.PIPE_READ,
          Waits.PIPE_WRITE,
          Waits.GROUP,
          Waits.LOCK);

  /** Fewer waiters pass sooner than anything could be told of them. */
  private static final int SEVERAL = 3;

  private final Wakers wakers;
  private final IdentityHashMap<StackGroup, StackGroup> byWaiter = new IdentityHashMap<>();
  private final IdentityHashMap<StackGroup, Long> kept = new IdentityHashMap<>();

  Holders(List<StackGroup> groups, Wakers wakers) {
    this.wakers = wakers;
    List<StackGroup> waiters = new ArrayList<>();
    IdentityHashMap<StackGroup, List<StackGroup>> within = new IdentityHashMap<>();
    Map<Object, Long> waiting = new HashMap<>();
    for (StackGroup group : groups) {
      if (Waits.of(group) == Waits.LOCK && !wakers.isAtWork(group)) {
        waiters.add(group);
        within.put(
            group,
            wakers.related(group).stream()
                .filter(other -> isFurtherIn(other, group) && mayKeepWaiting(other))
                .toList());
        locks(group).forEach(lock -> waiting.merge(lock, group.count(), Long::sum));
      }
    }
    LockCycles.among(waiters).forEach(byWaiter::put);
    findByPlace(waiters, within);
    for (StackGroup group : waiters) {
      boolean several =
          locks(group).stream().anyMatch(lock -> waiting.getOrDefault(lock, 0L) >= SEVERAL);
      if (several && !byWaiter.containsKey(group)) {
        byObject(group).ifPresent(holder -> byWaiter.put(group, holder));
      }
    }
    findByLock(waiters);
    byWaiter.forEach((waiter, holder) -> kept.merge(holder, waiter.count(), Long::sum));
  }

  /**
   * A holder that waits for a lock itself is one only if the holder of that one is, or if several
   * wait there and no addresses are told: two locks taken in opposite order.
   */
  private void findByPlace(
      List<StackGroup> waiters, IdentityHashMap<StackGroup, List<StackGroup>> within) {
    IdentityHashMap<StackGroup, List<StackGroup>> behind = new IdentityHashMap<>();
    for (StackGroup waiter : waiters) {
      for (StackGroup holder : within.getOrDefault(waiter, List.of())) {
        behind.computeIfAbsent(holder, by -> new ArrayList<>(1)).add(waiter);
      }
    }
    Deque<StackGroup> open = new ArrayDeque<>(waiters);
    while (!open.isEmpty()) {
      StackGroup waiter = open.remove();
      Optional<StackGroup> holder =
          byWaiter.containsKey(waiter)
              ? Optional.empty()
              : within.getOrDefault(waiter, List.of()).stream().filter(this::keeps).findFirst();
      if (holder.isPresent()) {
        byWaiter.put(waiter, holder.get());
        open.addAll(behind.getOrDefault(waiter, List.of()));
      }
    }
  }

  private boolean keeps(StackGroup holder) {
    return Waits.of(holder) != Waits.LOCK
        || byWaiter.containsKey(holder)
        || (holder.members().isEmpty() && holder.count() > 1);
  }

  /** Who waits for the same lock elsewhere. */
  private void findByLock(List<StackGroup> waiters) {
    Map<Object, StackGroup> holders = new HashMap<>();
    for (StackGroup waiter : waiters) {
      of(waiter)
          .ifPresent(holder -> locks(waiter).forEach(lock -> holders.putIfAbsent(lock, holder)));
    }
    for (StackGroup waiter : waiters) {
      if (!byWaiter.containsKey(waiter)) {
        locks(waiter).stream()
            .filter(holders::containsKey)
            .findFirst()
            .ifPresent(lock -> byWaiter.put(waiter, requireNonNull(holders.get(lock))));
      }
    }
  }

  /**
   * Whether two wait for the very same lock, which neither holds then, unless it is taken twice.
   */
  static boolean waitForOne(StackGroup a, StackGroup b) {
    boolean told = !a.members().isEmpty() && !b.members().isEmpty();
    return told
        && Waits.of(a) == Waits.LOCK
        && Waits.of(b) == Waits.LOCK
        && locks(a).equals(locks(b));
  }

  /** The addresses of the locks; where none are told, the type whose method waits. */
  private static Set<Object> locks(StackGroup waiter) {
    Set<Object> locks = new LinkedHashSet<>();
    for (Member member : waiter.members()) {
      if (!member.pointers().isEmpty()) {
        locks.add(member.pointers().get(0));
      }
    }
    String type = Kin.type(waiter);
    if (waiter.members().isEmpty() && !type.isEmpty()) {
      locks.add(type);
    }
    return locks;
  }

  /** Who stands elsewhere in a method of the lock's object and does not wait there on purpose. */
  private Optional<StackGroup> byObject(StackGroup group) {
    List<StackGroup> related = wakers.related(group);
    boolean atWork =
        related.stream()
            .anyMatch(
                other ->
                    wakers.canWake(other, group)
                        && !Waits.of(other).needsSomebody()
                        && Relations.mayHold(other, group));
    return atWork
        ? Optional.empty()
        : related.stream()
            .filter(other -> Waits.of(other) != Waits.LOCK && Waits.of(other).isAlwaysStuck())
            .filter(other -> Kin.isOfOneType(other, group) && mayBeOfOneObject(other, group))
            .filter(this::mayKeepWaiting)
            .findFirst();
  }

  /** Of one that waits for a lock itself its holder decides. */
  private boolean mayKeepWaiting(StackGroup holder) {
    return Waits.of(holder) == Waits.LOCK
        || holder.oldest() >= 1
        || !wakers.sharesObjectWithWork(holder);
  }

  /** Who holds the lock that a group waits for, and waits for somebody itself. */
  Optional<StackGroup> of(StackGroup waiter) {
    return Optional.ofNullable(byWaiter.get(waiter));
  }

  /** How many wait for a lock that a group, which waits for somebody, holds. */
  long keptBy(StackGroup holder) {
    return kept.getOrDefault(holder, 0L);
  }

  /** Whether one stands further down in the function that a waiter stands in. */
  static boolean isFurtherIn(StackGroup other, StackGroup waiter) {
    return KEEP.contains(Waits.of(other)) && hasPassed(other, waiter);
  }

  /** Whether one stands further down in the function that a waiter stands in, however it waits. */
  static boolean hasPassed(StackGroup other, StackGroup waiter) {
    Frame at = waiter.blockedAt();
    Integer line = at == null ? null : at.line();
    if (at == null || line == null) {
      return false;
    }
    boolean further =
        other.stack().stream()
            .anyMatch(
                frame ->
                    frame.function().equals(at.function())
                        && Objects.equals(frame.file(), at.file())
                        && frame.line() != null
                        && frame.line() > line);
    return further && mayBeOfOneObject(other, waiter);
  }

  /** Both of one object, as far as the arguments of their calls tell. */
  private static boolean mayBeOfOneObject(StackGroup other, StackGroup waiter) {
    return other.members().isEmpty()
        || waiter.members().isEmpty()
        || other.members().stream().anyMatch(Member::untold)
        || Relations.shareObject(other, waiter);
  }
}
