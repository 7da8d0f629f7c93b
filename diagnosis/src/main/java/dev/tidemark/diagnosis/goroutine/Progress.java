package dev.tidemark.diagnosis.goroutine;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Who makes progress. That a group can go on says only that somebody may end its wait; who holds
 * its lock or is to receive from it may wait for others in turn, or for what may never come.
 */
final class Progress {
  private final Wakers wakers;
  private final Set<StackGroup> served;

  Progress(List<StackGroup> groups, Wakers wakers) {
    this.wakers = wakers;
    IdentityHashMap<StackGroup, Ties> waiting = new IdentityHashMap<>();
    for (StackGroup group : groups) {
      if (Waits.of(group).needsSomebody() && wakers.canGoOn(group)) {
        waiting.put(group, wakers.ties(group));
      }
    }
    served =
        Liveness.spread(
            waiting,
            group -> !Waits.of(group).needsSomebody() && wakers.canGoOn(group),
            (other, group) -> wakers.canWake(other, group) && serves(other, group),
            (ties, members) -> true);
  }

  private static boolean serves(StackGroup other, StackGroup group) {
    return !Collections.disjoint(Kin.atPlace(group), Kin.of(other))
        || Relations.areOneFamily(group, other)
        || Relations.mayHold(other, group);
  }

  /**
   * Whether somebody who can go on may hold the lock that a group waits for: it was called with
   * what the lock lies in, or its code belongs to the code that waits. To have been started beside
   * each other is not enough, and who waits itself must be served so first.
   */
  boolean mayBeHeld(StackGroup group) {
    return served.contains(group);
  }

  /**
   * Whether all who have to do with a group and can go on wait for others themselves, or for what
   * may never come: a select, a connection to accept. Who has just been woken where the group waits
   * shows that it is being served.
   */
  boolean onlyParkedCanWake(StackGroup group) {
    List<StackGroup> related = wakers.related(group);
    return related.stream().noneMatch(other -> Wakers.isThereToo(other, group))
        && related.stream()
            .filter(other -> wakers.canWake(other, group))
            .allMatch(other -> isParked(other, group));
  }

  /** Of one that waits for its first minute somebody at work on its object may answer it. */
  private boolean isParked(StackGroup other, StackGroup group) {
    if (Waits.of(other).needsSomebody()) {
      return other.oldest() >= 1
          || wakers.related(other).stream()
              .noneMatch(
                  by ->
                      isAtWorkOutside(by)
                          && wakers.canWake(by, other)
                          && Relations.shareObject(by, other));
    }
    boolean accepts = other.calls(Functions.ACCEPT);
    return !isAtWorkOutside(other) && !(accepts && !Wakers.isAccepting(other, group));
  }

  /** Whether one runs, or waits for the world outside and not for a connection that may come. */
  private static boolean isAtWorkOutside(StackGroup group) {
    boolean asks = group.calls(Functions.ROUND_TRIP);
    return !Waits.of(group).needsSomebody()
        && (Waits.of(group) != Waits.SELECT || asks)
        && !group.calls(Functions.ACCEPT);
  }
}
