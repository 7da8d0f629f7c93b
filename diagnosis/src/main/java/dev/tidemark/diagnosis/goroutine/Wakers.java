package dev.tidemark.diagnosis.goroutine;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * Who could wake whom. A dump tells neither what holds a lock nor who has the other end of a
 * channel, but who shares an address with a blocked goroutine, who started it or was started by it,
 * and whose code lies beside its own. If none of these can go on, nothing will.
 */
final class Wakers {
  private final Relations relations;
  private final boolean signalled;
  private final IdentityHashMap<StackGroup, Ties> ties = new IdentityHashMap<>();
  private final IdentityHashMap<StackGroup, Prospect> prospects = new IdentityHashMap<>();
  private final Clock clock;
  private final List<StackGroup> working;
  private final Unseen unseen;

  Wakers(List<StackGroup> groups) {
    relations = new Relations(groups);
    signalled = groups.stream().anyMatch(group -> group.calls(Functions.SIGNALS));
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
  }

  Prospect of(StackGroup group) {
    return prospects.getOrDefault(group, Prospect.LIKELY);
  }

  /** Whether somebody who can go on shares an address with a group, or started it, or it that. */
  boolean isKnownToWhoGoesOn(StackGroup group) {
    return related(group).stream()
        .filter(other -> canWake(other, group))
        .anyMatch(
            other -> Relations.shareObject(group, other) || Relations.areOneFamily(group, other));
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
                    && Relations.shareObject(group, other));
  }

  /** Whether one can go on, and end the wait of a group that it has to do with. */
  boolean canWake(StackGroup other, StackGroup group) {
    return canGoOn(other) && couldWake(other, group);
  }

  /**
   * Whether one that goes on could. The watcher of a request's connection ends the request's
   * context, and a server of the standard library accepts connections; they do nothing else. Who
   * accepts holds no lock meanwhile but one that it took on its way there.
   */
  private static boolean couldWake(StackGroup other, StackGroup group) {
    boolean accepts = Waits.of(group) == Waits.LOCK && isAccepting(other, group);
    boolean watcher = other.calls(Functions.WATCHER);
    boolean forContext = Waits.of(group) == Waits.RECEIVE || Waits.of(group) == Waits.EITHER;
    return !accepts
        && !isAcceptorOf(group, other)
        && !isOnItsWayThere(other, group)
        && (!watcher || forContext);
  }

  static boolean isAccepting(StackGroup other, StackGroup group) {
    return other.calls(Functions.ACCEPT) && !Holders.hasPassed(other, group);
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

  /** Whether one has just been woken where a group waits, or is about to wait there. */
  static boolean isThereToo(StackGroup other, StackGroup group) {
    Frame at = group.blockedAt();
    return other.isState("runnable", "running")
        && at != null
        && at.line() != null
        && at.equals(other.blockedAt());
  }

  /** Who accepts connections has nothing to do with those it started for earlier ones. */
  private static boolean isAcceptorOf(StackGroup group, StackGroup other) {
    Frame by = group.createdBy();
    return other.calls(Functions.ACCEPT)
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
  private static boolean isObserver(StackGroup group) {
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
        .anyMatch(other -> isObserver(other) && !other.isMain() && !other.calls(Functions.SERVE));
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
        && !group.calls(Functions.ACCEPT)
        && !group.calls(RowsRule.CONNECTION);
  }

  /** Whom the goroutines of a group started, where the dump tells. */
  List<StackGroup> startedBy(StackGroup group) {
    return group.members().stream().flatMap(member -> startedBy(member).stream()).toList();
  }

  /** Whom a goroutine started. */
  List<StackGroup> startedBy(Member member) {
    return relations.startedBy(member.id());
  }

  /** Whether somebody whom a goroutine started goes on. */
  boolean hasWorkingChild(Member member) {
    return startedBy(member).stream().anyMatch(this::canGoOn);
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
