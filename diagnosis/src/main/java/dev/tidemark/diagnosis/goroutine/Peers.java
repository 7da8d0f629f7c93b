package dev.tidemark.diagnosis.goroutine;

import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Who has to do with a group that nobody can wake, and cannot be woken either. */
final class Peers {
  private final Wakers wakers;

  Peers(Wakers wakers) {
    this.wakers = wakers;
  }

  /** One who is surely stuck. */
  @Nullable StackGroup stuck(StackGroup group) {
    return wakers.related(group).stream()
        .filter(other -> Waits.of(other).needsSomebody() && !wakers.canGoOn(other))
        .filter(other -> isStuckBeside(Waits.of(other), Waits.of(group)))
        .filter(other -> !wakers.clock().mayWake(other))
        .filter(other -> areClose(group, other) && !Once.areInOne(group, other))
        .findFirst()
        .orElse(null);
  }

  /** A WaitGroup waits for idle workers because they are idle, not they for it. */
  private static boolean isStuckBeside(Waits other, Waits group) {
    boolean idle = other == Waits.GROUP && group != Waits.LOCK && group != Waits.SEND;
    return other != group && other.isAlwaysStuck() && !idle;
  }

  /** Whether some are workers that may only be idle. */
  boolean areIdle(StackGroup group) {
    return wakers.related(group).stream()
        .anyMatch(
            other ->
                Waits.of(other).needsSomebody()
                    && !wakers.canGoOn(other)
                    && !Waits.of(other).isAlwaysStuck()
                    && !other.isOrphaned()
                    && areClose(group, other));
  }

  /** Whether two share more than a function somewhere on their stacks. */
  private static boolean areClose(StackGroup group, StackGroup other) {
    return Relations.shareObject(group, other)
        || Relations.areParentAndChild(group, other)
        || !Collections.disjoint(Kin.near(group), Kin.near(other));
  }
}
