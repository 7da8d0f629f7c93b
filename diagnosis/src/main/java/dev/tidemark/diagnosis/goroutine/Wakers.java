package dev.tidemark.diagnosis.goroutine;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
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
  static final String ACCEPT = "internal/poll.(*FD).Accept";

  private final Relations relations;
  private final boolean signalled;
  private final IdentityHashMap<StackGroup, Ties> ties = new IdentityHashMap<>();
  private final IdentityHashMap<StackGroup, Prospect> prospects = new IdentityHashMap<>();
  private final Clock clock;
  private final List<StackGroup> working;
  private final Unseen unseen;
  private final Set<StackGroup> served;

  Wakers(List<StackGroup> groups) {
    relations = new Relations(groups);
    signalled = groups.stream().anyMatch(group -> group.calls(Scene.SIGNALS));
    IdentityHashMap<StackGroup, Ties> waiting = new IdentityHashMap<>();
    for (StackGroup group : groups) {
      if (Waits.of(group).needsSomebody()) {
        waiting.put(group, ties(group));
      }
    }
    Liveness.spread(waiting, this::canGoOn, Wakers::couldWake, Ties::suffice)
        .forEach(group -> prospects.put(group, Prospect.LIKELY));
    clock = new Clock(groups, waiting, this::canGoOn, Wakers::couldWake);
    waiting.keySet().forEach(g -> prospects.computeIfAbsent(g, this::alone));
    working = groups.stream().filter(this::isAtWorkItself).toList();
    unseen = new Unseen(groups, relations, this::canGoOn, working);
    served = served(waiting);
  }

  Prospect of(StackGroup group) {
    return prospects.getOrDefault(group, Prospect.LIKELY);
  }

  /** Whether one that cannot go on either has to do with the group, and is surely stuck. */
  @Nullable StackGroup stuckPeer(StackGroup group) {
    return related(group).stream()
        .filter(other -> prospects.containsKey(other) && !canGoOn(other))
        .filter(other -> isStuckBeside(Waits.of(other), Waits.of(group)))
        .filter(other -> !clock.mayWake(other))
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
    if (areAwaitedByChildren(senders)) {
      return false;
    }
    boolean told = senders.members().stream().anyMatch(member -> member.parent() > 0);
    long room = 0;
    for (StackGroup other : related(senders)) {
      boolean receives =
          canWake(other, senders)
              && Waits.of(other) != Waits.SELECT
              && !other.calls(ACCEPT)
              && !Kin.beginAlike(senders, other);
      boolean few = Waits.of(other).needsSomebody();
      if (receives && !few && (told || !other.calls("net/http.(*conn).serve"))) {
        return false;
      }
      room += receives ? Math.max(EACH * other.count(), CROWD) : 0;
    }
    return senders.count() > room;
  }

  /**
   * Whether each started somebody where it waits who goes on: it limits how many it starts. Where
   * starters are not told, one for all.
   */
  boolean areAwaitedByChildren(StackGroup senders) {
    Frame at = senders.blockedAt();
    if (at == null) {
      return false;
    }
    boolean told = senders.members().stream().anyMatch(member -> member.parent() > 0);
    return told
        ? senders.members().stream()
            .allMatch(
                member ->
                    relations.startedBy(member.id()).stream()
                        .anyMatch(child -> canGoOn(child) && beganIn(child, at)))
        : related(senders).stream().anyMatch(child -> canGoOn(child) && beganIn(child, at));
  }

  private static boolean beganIn(StackGroup child, Frame at) {
    Frame by = child.createdBy();
    return by == null ? Kin.beganWithin(child, at.function()) : by.function().equals(at.function());
  }

  /**
   * Whether all who have to do with a group and can go on wait for others themselves, or for what
   * may never come: a select, a connection to accept. Who has just been woken where the group waits
   * shows that it is being served.
   */
  boolean onlyParkedCanWake(StackGroup group) {
    return related(group).stream().noneMatch(other -> isThereToo(other, group))
        && related(group).stream()
            .filter(other -> canWake(other, group))
            .allMatch(other -> isParked(other, group));
  }

  /** Of one that waits for its first minute somebody at work on its object may answer it. */
  private boolean isParked(StackGroup other, StackGroup group) {
    if (Waits.of(other).needsSomebody()) {
      return other.oldest() >= 1
          || related(other).stream()
              .noneMatch(by -> isAtWorkOutside(by) && canWake(by, other) && shareObject(by, other));
    }
    return !isAtWorkOutside(other) && !(other.calls(ACCEPT) && !isAccepting(other, group));
  }

  /** Whether one runs, or waits for the world outside and not for a connection that may come. */
  private static boolean isAtWorkOutside(StackGroup group) {
    boolean asks = group.calls(Footing.ROUND_TRIP);
    return !Waits.of(group).needsSomebody()
        && (Waits.of(group) != Waits.SELECT || asks)
        && !group.calls(ACCEPT);
  }

  private static boolean isAccepting(StackGroup other, StackGroup group) {
    return other.calls(ACCEPT) && !Holders.hasPassed(other, group);
  }

  /** Whether somebody who can go on shares an address with a group, or started it, or it that. */
  boolean isKnownToWhoGoesOn(StackGroup group) {
    return related(group).stream()
        .filter(other -> canWake(other, group))
        .anyMatch(other -> shareObject(group, other) || isOfOneFamily(group, other));
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
   * each other is not enough, and who waits itself must be served so first.
   */
  boolean mayBeHeld(StackGroup group) {
    return served.contains(group);
  }

  private Set<StackGroup> served(IdentityHashMap<StackGroup, Ties> waiting) {
    IdentityHashMap<StackGroup, Ties> hopeful = new IdentityHashMap<>(waiting);
    hopeful.keySet().removeIf(group -> !canGoOn(group));
    return Liveness.spread(
        hopeful,
        group -> !Waits.of(group).needsSomebody() && canGoOn(group),
        (other, group) -> couldWake(other, group) && maySurelyServe(other, group),
        (ties, members) -> true);
  }

  private static boolean maySurelyServe(StackGroup other, StackGroup group) {
    return !Collections.disjoint(Kin.atPlace(group), Kin.of(other))
        || isOfOneFamily(group, other)
        || Relations.mayHold(other, group);
  }

  private static boolean isOfOneFamily(StackGroup group, StackGroup other) {
    return Waits.of(group) != Waits.LOCK
        && (group.members().stream().anyMatch(member -> isChild(member, other))
            || other.members().stream().anyMatch(member -> isChild(member, group)));
  }

  static boolean shareObject(StackGroup group, StackGroup other) {
    return !Collections.disjoint(pointers(group), pointers(other));
  }

  /**
   * The watcher of a request's connection ends the request's context, and a server of the standard
   * library accepts connections; they do nothing else. Who accepts holds no lock meanwhile but one
   * that it took on its way there.
   */
  boolean canWake(StackGroup other, StackGroup group) {
    return canGoOn(other) && couldWake(other, group);
  }

  private static boolean couldWake(StackGroup other, StackGroup group) {
    boolean accepts = Waits.of(group) == Waits.LOCK && isAccepting(other, group);
    boolean watcher = other.calls(Relations.WATCHER);
    boolean forContext = Waits.of(group) == Waits.RECEIVE || Waits.of(group) == Waits.EITHER;
    return !accepts
        && !isAcceptorOf(group, other)
        && !isOnItsWayThere(other, group)
        && (!watcher || forContext);
  }

  /** Who is about to do what the group is blocked in, or has not begun to, ends nobody's wait. */
  private static boolean isOnItsWayThere(StackGroup other, StackGroup group) {
    boolean begins =
        other.isState("runnable", "running")
            && other.calls("runtime.goexit") // shown only of who has not run yet
            && other.createdBy() != null
            && other.createdBy().equals(group.createdBy());
    return begins || isThereToo(other, group);
  }

  private static boolean isThereToo(StackGroup other, StackGroup group) {
    Frame at = group.blockedAt();
    return other.isState("runnable", "running")
        && at != null
        && at.line() != null
        && at.equals(other.blockedAt());
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

  /** Whom the goroutines of a group started, where the dump tells. */
  List<StackGroup> startedBy(StackGroup group) {
    return group.members().stream()
        .flatMap(member -> relations.startedBy(member.id()).stream())
        .toList();
  }

  /** Whether somebody whom a goroutine started goes on. */
  boolean hasWorkingChild(Member member) {
    return relations.startedBy(member.id()).stream().anyMatch(this::canGoOn);
  }

  /** Who started the goroutines of a group, as far as the dump tells and they are there. */
  List<StackGroup> startersOf(StackGroup group) {
    return group.members().stream()
        .flatMap(member -> relations.byId(member.parent()).stream())
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
   * Whether a group could go on if the single receivers that it has to do with wait for the clock.
   */
  boolean mayDependOnTheClock(StackGroup group) {
    return clock.mayWake(group)
        && (Waits.of(group) != Waits.LOCK
            || related(group).stream().anyMatch(clock::mayBeAnswered));
  }

  /** Receivers that a timer may wake. */
  Clock clock() {
    return clock;
  }

  /** Ties that the dump does not show. */
  Unseen unseen() {
    return unseen;
  }

  /** Nobody can wake the group; is there at least who started it? */
  private Prospect alone(StackGroup group) {
    boolean lost =
        relations.tellParents()
            && !group.members().isEmpty()
            && group.members().stream()
                .allMatch(member -> Boolean.TRUE.equals(member.orphan()) || isStuck(member));
    return lost ? Prospect.NONE : Prospect.UNLIKELY;
  }

  /**
   * Whether the parent is there and blocked without hope itself. Main, in a program that handles
   * signals or where it does nothing else, waits for the end and keeps what it started.
   */
  private boolean isStuck(Member member) {
    List<StackGroup> parents = relations.byId(member.parent());
    boolean kept =
        member.parent() == 1
            && (signalled || parents.stream().anyMatch(p -> p.isState("select (no cases)")));
    return !kept
        && !parents.isEmpty()
        && parents.stream()
            .allMatch(
                parent ->
                    Waits.of(parent).needsSomebody()
                        && prospects.get(parent) != Prospect.LIKELY
                        && !clock.mayWake(parent));
  }
}
