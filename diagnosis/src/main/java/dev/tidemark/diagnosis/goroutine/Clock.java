package dev.tidemark.diagnosis.goroutine;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom the clock may wake. A dump does not tell a ticker's channel from another: one single
 * receiver or select may be a loop that waits for its next tick, and whoever depends on it with it.
 */
final class Clock {
  /** Of a thousand left behind one may be about to block where all others did. */
  private static final int PART = 20;

  private record Place(@Nullable Frame at, @Nullable Frame by) {
    static Place of(StackGroup group) {
      return new Place(group.blockedAt(), group.createdBy());
    }
  }

  private final Set<StackGroup> onTheClock = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Place, Long> woken = new HashMap<>();
  private final long tickers;

  /** The highest number of all that have waited for so many minutes or more. */
  private final NavigableMap<Long, Long> patient = new TreeMap<>();

  /**
   * @param waiting all that wait for somebody
   * @param canGoOn whether a group runs, or somebody of the dump can wake it anyway
   * @param wakes whether the first, if it goes on, can wake the second
   */
  Clock(
      List<StackGroup> groups,
      IdentityHashMap<StackGroup, Ties> waiting,
      Predicate<StackGroup> canGoOn,
      BiPredicate<StackGroup, StackGroup> wakes) {
    IdentityHashMap<StackGroup, Ties> others = new IdentityHashMap<>(waiting);
    others.keySet().removeIf(canGoOn);
    others.keySet().stream()
        .filter(group -> mayTick(group) && !group.isOrphaned())
        .forEach(onTheClock::add);
    others.keySet().removeAll(onTheClock);
    onTheClock.addAll(
        Liveness.spread(
            others,
            group -> canGoOn.test(group) || onTheClock.contains(group),
            (other, group) -> !canGoOn.test(other) || wakes.test(other, group),
            Ties::suffice));
    tickers = groups.stream().filter(Clock::mayTick).count();
    groups.stream()
        .filter(group -> group.isState("runnable"))
        .forEach(group -> woken.merge(Place.of(group), group.count(), Long::sum));
    for (StackGroup group : groups) {
      WaitMinutes waited = group.waited();
      if (waited != null && waited.min() > 0) {
        long number = group.members().stream().mapToLong(Member::id).max().orElse(0);
        patient.merge(waited.min(), number, Math::max);
      }
    }
    long highest = 0;
    for (Map.Entry<Long, Long> entry : patient.descendingMap().entrySet()) {
      highest = Math.max(highest, entry.getValue());
      entry.setValue(highest);
    }
  }

  /** Whether a group may wait for a tick, or for somebody who does; if nobody else can wake it. */
  boolean mayWake(StackGroup group) {
    return onTheClock.contains(group);
  }

  /**
   * Whether a receiver that waits for the clock may answer a group afterwards. It holds no lock
   * while it waits, but who is answered may.
   */
  boolean mayBeAnswered(StackGroup group) {
    return mayWake(group) && Waits.of(group) != Waits.LOCK && !mayTick(group);
  }

  /** Whether there is another single receiver or select, which may wait for a tick. */
  boolean mayAnotherTick(StackGroup group) {
    return tickers > (mayTick(group) ? 1 : 0);
  }

  private static boolean mayTick(StackGroup group) {
    return group.count() == 1
        && group.blockedAt() != null
        && !group.isMain()
        && (Waits.of(group) == Waits.RECEIVE
            || Waits.of(group) == Waits.EITHER
            || Waits.of(group) == Waits.SELECT);
  }

  /**
   * Whether a good part of those who were started as a group was, and went as far, was just woken,
   * or the group itself went on since others wait: by a ticker each, perhaps, and so it will be.
   */
  boolean wakesByItself(StackGroup group) {
    Frame at = group.blockedAt();
    boolean told = at != null && at.line() != null && group.createdBy() != null;
    long others = told ? woken.getOrDefault(Place.of(group), 0L) : 0;
    return (others >= 2 && PART * others >= group.count()) || hasBeenWokenSince(group);
  }

  /**
   * Whether most of a group have waited for less time than others that were started later: they
   * were woken after those had begun to wait. A processor may give out a lower number later than
   * another a higher one (it takes sixteen at a time), so of one group not each.
   */
  private boolean hasBeenWokenSince(StackGroup group) {
    Map.Entry<Long, Long> later = patient.higherEntry(group.oldest());
    long number = later == null ? 0 : later.getValue();
    long woken = group.members().stream().filter(member -> member.id() < number).count();
    return woken > 0 && 2 * woken >= group.members().size();
  }
}
