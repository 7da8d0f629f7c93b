package dev.tidemark.diagnosis.goroutine;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who could wake whom. A dump tells neither what holds a lock nor who has the other end of a
 * channel, but who shares an address with a blocked goroutine, who started it or was started by it,
 * and whose code lies beside its own. If none of these can go on, nothing will.
 */
final class Wakers {
  /** Senders that wait for a request's handler are as many as it started, which are few. */
  private static final int EACH = 4;

  private static final int CROWD = 10;
  private static final String ACCEPT = "internal/poll.(*FD).Accept";

  /** Of a thousand left behind one may be about to block where all others did. */
  private static final int PART = 20;

  private record Place(@Nullable Frame at, @Nullable Frame by) {
    static Place of(StackGroup group) {
      return new Place(group.blockedAt(), group.createdBy());
    }
  }

  private final Relations relations;
  private final IdentityHashMap<StackGroup, Ties> ties = new IdentityHashMap<>();
  private final IdentityHashMap<StackGroup, Boolean> blind = new IdentityHashMap<>();
  private final IdentityHashMap<StackGroup, Prospect> prospects = new IdentityHashMap<>();
  private final Set<StackGroup> onTheClock = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean tellsParents;
  private final long tickers;
  private final Map<Place, Long> woken = new HashMap<>();
  private final Set<String> onStacks;
  private final List<StackGroup> working;

  Wakers(List<StackGroup> groups) {
    relations = new Relations(groups);
    tellsParents = relations.tellParents();
    IdentityHashMap<StackGroup, Ties> waiting = new IdentityHashMap<>();
    for (StackGroup group : groups) {
      if (Waits.of(group).needsSomebody()) {
        waiting.put(group, ties(group));
      }
    }
    spread(
        waiting,
        prospects::containsKey,
        this::canWake,
        group -> prospects.put(group, Prospect.LIKELY));
    waiting.keySet().stream().filter(this::mayWaitForTheClock).forEach(onTheClock::add);
    spread(
        waiting,
        group -> onTheClock.contains(group) || prospects.get(group) == Prospect.LIKELY,
        (other, group) -> onTheClock.contains(other) || canWake(other, group),
        onTheClock::add);
    waiting.keySet().forEach(g -> prospects.computeIfAbsent(g, this::alone));
    tickers = groups.stream().filter(Wakers::mayTick).count();
    onStacks =
        tellsParents
            ? Set.of()
            : groups.stream()
                .flatMap(group -> group.stack().stream())
                .map(Frame::function)
                .collect(Collectors.toSet());
    groups.stream()
        .filter(group -> group.isState("runnable"))
        .forEach(group -> woken.merge(Place.of(group), group.count(), Long::sum));
    working = groups.stream().filter(this::isAtWorkItself).toList();
  }

  /** Marks all that those who are marked, or can go on, can wake, and whom these can, and so on. */
  private static void spread(
      Map<StackGroup, Ties> waiting,
      Predicate<StackGroup> isMarked,
      BiPredicate<StackGroup, StackGroup> wakes,
      Consumer<StackGroup> mark) {
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<StackGroup, Ties> entry : waiting.entrySet()) {
        StackGroup group = entry.getKey();
        if (!isMarked.test(group) && entry.getValue().suffice(other -> wakes.test(other, group))) {
          mark.accept(group);
          more = true;
        }
      }
    }
  }

  Prospect of(StackGroup group) {
    return prospects.getOrDefault(group, Prospect.LIKELY);
  }

  /** Whether one that cannot go on either has to do with the group, and is surely stuck. */
  @Nullable StackGroup stuckPeer(StackGroup group) {
    return related(group).stream()
        .filter(other -> prospects.containsKey(other) && !canGoOn(other))
        .filter(other -> isStuckBeside(Waits.of(other), Waits.of(group)))
        .filter(other -> !onTheClock.contains(other))
        .filter(other -> isClose(group, other) && !Once.areInOne(group, other))
        .findFirst()
        .orElse(null);
  }

  /** A WaitGroup waits for idle workers because they are idle, not they for it. */
  private static boolean isStuckBeside(Waits other, Waits group) {
    boolean idle = other == Waits.GROUP && group != Waits.LOCK && group != Waits.SEND;
    return other != group && other.isAlwaysStuck() && !idle;
  }

  /** Whether workers that may only be idle have to do with a group: nobody can wake them either. */
  boolean hasIdlePeer(StackGroup group) {
    return related(group).stream()
        .anyMatch(
            other ->
                prospects.containsKey(other)
                    && !canGoOn(other)
                    && !Waits.of(other).isAlwaysStuck()
                    && !other.isOrphaned()
                    && isClose(group, other));
  }

  /**
   * Whether senders are more than could be received from. Who is parked in a select would receive,
   * did it wait for them; who began as they did comes to send itself; who waits for somebody else,
   * or serves a request, has to do with few senders.
   */
  boolean areTooMany(StackGroup senders) {
    boolean told = senders.members().stream().anyMatch(member -> member.parent() > 0);
    long room = 0;
    for (StackGroup other : related(senders)) {
      boolean receives =
          canWake(other, senders)
              && Waits.of(other) != Waits.SELECT
              && !Kin.beginAlike(senders, other);
      boolean few = Waits.of(other).needsSomebody();
      if (receives && !few && (told || !other.calls("net/http.(*conn).serve"))) {
        return false;
      }
      room += receives ? Math.max(EACH * other.count(), CROWD) : 0;
    }
    return senders.count() > room;
  }

  /** Whether all who have to do with a group and can go on are parked in selects themselves. */
  boolean onlySelectsCanWake(StackGroup group) {
    return related(group).stream()
        .filter(other -> canWake(other, group))
        .allMatch(other -> Waits.of(other) == Waits.SELECT);
  }

  /** Whether two share more than a function somewhere on their stacks. */
  private static boolean isClose(StackGroup group, StackGroup other) {
    return shareObject(group, other)
        || group.members().stream().anyMatch(member -> isChild(member, other))
        || other.members().stream().anyMatch(member -> isChild(member, group))
        || !Collections.disjoint(Kin.near(group), Kin.near(other));
  }

  private static boolean isChild(Member member, StackGroup parent) {
    return member.parent() > 1
        && parent.members().stream().anyMatch(other -> other.id() == member.parent());
  }

  private static Set<Long> pointers(StackGroup group) {
    Set<Long> pointers = new HashSet<>();
    group.members().forEach(member -> pointers.addAll(member.pointers()));
    return pointers;
  }

  /**
   * Whether somebody that can go on, without waiting for others, is in the function in which the
   * group is blocked.
   */
  boolean isAtWork(StackGroup group) {
    Frame at = group.blockedAt();
    return at != null
        && related(group).stream()
            .anyMatch(
                other ->
                    canWake(other, group)
                        && !Waits.of(other).needsSomebody()
                        && other.calls(at.function()));
  }

  /** Whether somebody at work was called with an object that a group was called with, too. */
  boolean sharesObjectWithWork(StackGroup group) {
    return related(group).stream()
        .anyMatch(
            other ->
                canWake(other, group)
                    && !Waits.of(other).needsSomebody()
                    && shareObject(group, other));
  }

  /**
   * Whether somebody who can go on may hold the lock that a group waits for: it was called with
   * what the lock lies in, or its code belongs to the code that waits. To have been started beside
   * each other is not enough.
   */
  boolean mayBeHeld(StackGroup group) {
    Set<String> place = Kin.atPlace(group);
    return related(group).stream()
        .filter(other -> canWake(other, group))
        .anyMatch(
            other ->
                !Collections.disjoint(place, Kin.of(other)) || Relations.mayHold(other, group));
  }

  static boolean shareObject(StackGroup group, StackGroup other) {
    return !Collections.disjoint(pointers(group), pointers(other));
  }

  /**
   * The watcher of a request's connection ends the request's context, and a server of the standard
   * library accepts connections; they do nothing else.
   */
  boolean canWake(StackGroup other, StackGroup group) {
    boolean watcher = other.calls("net/http.(*connReader).backgroundRead");
    boolean forContext = Waits.of(group) == Waits.RECEIVE || Waits.of(group) == Waits.EITHER;
    return canGoOn(other)
        && !isAcceptorOf(group, other)
        && !isOnItsWayThere(other, group)
        && (!watcher || forContext);
  }

  /** Who is about to do what the group is blocked in, or has not begun to, ends nobody's wait. */
  private static boolean isOnItsWayThere(StackGroup other, StackGroup group) {
    if (!other.isState("runnable", "running")) {
      return false;
    }
    Frame at = group.blockedAt();
    boolean there = at != null && at.line() != null && at.equals(other.blockedAt());
    boolean begins =
        other.calls("runtime.goexit") // shown only of who has not run yet
            && other.createdBy() != null
            && other.createdBy().equals(group.createdBy());
    return there || begins;
  }

  /** Who accepts connections has nothing to do with those it started for earlier ones. */
  private static boolean isAcceptorOf(StackGroup group, StackGroup other) {
    Frame by = group.createdBy();
    return other.calls(ACCEPT)
        && (other.blockedAt() == null || (by != null && other.calls(by.function())));
  }

  /** Whether a group runs, or waits for the world outside, the clock, or one of several events. */
  boolean canGoOn(StackGroup group) {
    return Waits.of(group).needsSomebody()
        ? prospects.get(group) == Prospect.LIKELY
        : !group.isState("select (no cases)", "chan send (nil chan)", "chan receive (nil chan)")
            && !isObserver(group);
  }

  /** Who writes the dump would do nothing else, were there none. */
  static boolean isObserver(StackGroup group) {
    return Waits.isForTest(group)
        || group.calls("runtime/pprof.writeGoroutineStacks")
        || group.calls("runtime/pprof.writeRuntimeProfile")
        || group.calls("runtime/pprof.writeProfileInternal")
        || group.calls("runtime/pprof.(*Profile).WriteTo")
        || group.calls("runtime.Stack")
        || (group.isState("sleep") && (group.isMain() || group.calls("testing.tRunner")));
  }

  /**
   * Whether an observer has to do with a group that is neither main nor serves a request: it may be
   * a worker that tells of its end, and wakes the group then.
   */
  boolean isRelatedToWorkingObserver(StackGroup group) {
    return related(group).stream()
        .anyMatch(
            other ->
                isObserver(other) && !other.isMain() && !other.calls("net/http.(*conn).serve"));
  }

  /** Whether there is another single receiver or select, which may wait for the clock. */
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

  /** Whether anybody in the program's own code can go on, but for who looks on or listens. */
  boolean isAnybodyAtWork() {
    return !working.isEmpty();
  }

  /** How many of them there are beside a group. */
  @SuppressWarnings("ReferenceEquality") // a group is itself
  long atWork(StackGroup beside) {
    return working.stream().filter(group -> group != beside).mapToLong(StackGroup::count).sum();
  }

  private boolean isAtWorkItself(StackGroup group) {
    return group.blockedAt() != null
        && !Waits.of(group).needsSomebody()
        && canGoOn(group)
        && !group.calls(ACCEPT)
        && !group.calls(RowsRule.CONNECTION);
  }

  /**
   * Whether a group may have been started by a generator: a function that returned a channel to a
   * caller who lives on, and whose locals no dump tells. An accept loop has nothing of those it
   * starts, and a server's connection nothing of the request before.
   */
  boolean mayBelongToItsCaller(StackGroup group) {
    Frame by = group.createdBy();
    boolean lock = Waits.of(group) == Waits.LOCK;
    if (by == null || StandardLibrary.holds(by) || group.members().isEmpty() || lock) {
      return false;
    }
    if (tellsParents) {
      return group.members().stream()
          .allMatch(
              member ->
                  relations.byId(member.parent()).stream()
                      .anyMatch(
                          caller ->
                              mayComeBack(caller, by)
                                  || (isBlind(group) && mayHaveHandedOn(caller, by, member))));
    }
    return !group.isStartedOverTime()
        && !onStacks.contains(by.function())
        && mayAnybodyKnow(group, by);
  }

  private boolean mayComeBack(StackGroup caller, Frame by) {
    return canGoOn(caller)
        && !caller.calls(by.function())
        && caller.blockedAt() != null
        && !caller.calls(ACCEPT)
        && !caller.calls(RowsRule.CONNECTION);
  }

  /** Whether a caller that has gone on started somebody at work, who may have what it was given. */
  private boolean mayHaveHandedOn(StackGroup caller, Frame by, Member member) {
    return !caller.calls(by.function())
        && relations.startedBy(member.parent()).stream()
            .anyMatch(other -> isAtWorkItself(other) && isStartedElsewhere(other, by));
  }

  /** Whether the program's own code, but for one function, started a group. */
  private static boolean isStartedElsewhere(StackGroup group, Frame than) {
    Frame by = group.createdBy();
    return by != null && !StandardLibrary.holds(by) && !by.function().equals(than.function());
  }

  /**
   * Whether a good part of those who were started as a group was, and went as far, was just woken:
   * by a ticker each, perhaps, and then so will it be.
   */
  boolean wakesByItself(StackGroup group) {
    Frame at = group.blockedAt();
    boolean told = at != null && at.line() != null && group.createdBy() != null;
    long others = told ? woken.getOrDefault(Place.of(group), 0L) : 0;
    return others >= 2 && PART * others >= group.count();
  }

  /**
   * Whether somebody at work was there before a group, and may have started it, or was started by
   * who called its starter, perhaps, and given what that one returned.
   */
  @SuppressWarnings("ReferenceEquality") // a group is itself
  private boolean mayAnybodyKnow(StackGroup group, Frame by) {
    long first = firstId(group);
    return working.stream()
        .filter(other -> other != group && !Kin.beginAlike(other, group))
        .anyMatch(
            other -> firstId(other) < first || (isBlind(group) && isStartedElsewhere(other, by)));
  }

  private static long firstId(StackGroup group) {
    return group.members().stream().mapToLong(Member::id).min().orElse(Long.MAX_VALUE);
  }

  /** Whom the goroutines of a group started, where the dump tells. */
  List<StackGroup> startedBy(StackGroup group) {
    return group.members().stream()
        .flatMap(member -> relations.startedBy(member.id()).stream())
        .toList();
  }

  /** All groups that have something to do with one. */
  List<StackGroup> related(StackGroup group) {
    return ties(group).groups();
  }

  Ties ties(StackGroup group) {
    return ties.computeIfAbsent(group, relations::of);
  }

  /**
   * A single receiver that nobody can wake may be the loop of a ticker, unless it was left behind.
   */
  private boolean mayWaitForTheClock(StackGroup group) {
    return mayTick(group) && !prospects.containsKey(group) && !group.isOrphaned();
  }

  /**
   * Whether a group could go on if the single receivers that it has to do with wait for the clock.
   */
  boolean mayDependOnTheClock(StackGroup group) {
    return onTheClock.contains(group)
        && (Waits.of(group) != Waits.LOCK || related(group).stream().anyMatch(this::mayBeAnswered));
  }

  /**
   * Whether a receiver that waits for the clock may answer a group afterwards. It holds no lock
   * while it waits, but who is answered may.
   */
  private boolean mayBeAnswered(StackGroup group) {
    return onTheClock.contains(group) && Waits.of(group) != Waits.LOCK && !mayTick(group);
  }

  /** Whether somebody is at work who may have to do with a group, unseen. */
  @SuppressWarnings("ReferenceEquality") // a group is itself
  boolean mayBeWokenUnseen(StackGroup group) {
    return working.stream()
        .anyMatch(other -> other != group && Unseen.mayWake(other, group, this::isBlind));
  }

  private boolean isBlind(StackGroup group) {
    return blind.computeIfAbsent(group, Unseen::isBlind);
  }

  /** Nobody can wake the group; is there at least who started it? */
  private Prospect alone(StackGroup group) {
    boolean lost =
        tellsParents
            && !group.members().isEmpty()
            && group.members().stream()
                .allMatch(member -> Boolean.TRUE.equals(member.orphan()) || isStuck(member));
    return lost ? Prospect.NONE : Prospect.UNLIKELY;
  }

  /** Whether the parent is there and blocked without hope itself. */
  private boolean isStuck(Member member) {
    List<StackGroup> parents = relations.byId(member.parent());
    return !parents.isEmpty()
        && parents.stream()
            .allMatch(
                parent ->
                    Waits.of(parent).needsSomebody()
                        && prospects.get(parent) != Prospect.LIKELY
                        && !onTheClock.contains(parent));
  }
}
