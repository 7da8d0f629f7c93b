package dev.tidemark.diagnosis.goroutine;

import java.util.Objects;
import java.util.Optional;

/**
 * A sync.Once that is not done yet: the first goroutine in it does what is to be done once, all
 * others wait for its lock. What that one waits for was set up by somebody else.
 */
final class Once {
  private static final String DO = "sync.(*Once).doSlow";

  private Once() {}

  /** Whether a group does what is to be done once. */
  static boolean isFirstIn(StackGroup group) {
    return group.calls(DO) && Waits.of(group) != Waits.LOCK;
  }

  /** Whether two are in one Once, as far as their place tells. */
  static boolean areInOne(StackGroup a, StackGroup b) {
    return a.calls(DO) && b.calls(DO) && Objects.equals(a.blockedAt(), b.blockedAt());
  }

  /** Who is in a Once whose lock a group waits for, and waits for somebody itself. */
  static Optional<StackGroup> waitingFirst(StackGroup waiter, Scene scene) {
    return scene.wakers().related(waiter).stream()
        .filter(other -> isFirstIn(other) && areInOne(waiter, other))
        .filter(other -> Waits.of(other).needsSomebody() && !scene.canBeWoken(other))
        .findFirst();
  }
}
