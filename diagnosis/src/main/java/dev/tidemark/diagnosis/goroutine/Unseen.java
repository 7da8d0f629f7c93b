package dev.tidemark.diagnosis.goroutine;

import java.util.function.Predicate;

/**
 * Ties that a dump does not show: an inlined function or a closure has no arguments in it, and may
 * know whatever its starter knew.
 */
final class Unseen {
  private Unseen() {}

  /**
   * Whether one who is at work may end a group's wait though nothing tells that it could.
   *
   * @param blind {@link #isBlind}, remembered
   */
  static boolean mayWake(StackGroup working, StackGroup group, Predicate<StackGroup> blind) {
    if (group.isMain() && group.members().isEmpty()) {
      return true; // it waits for what it started, and a count does not tell who that is
    }
    Waits waits = Waits.of(group);
    boolean ready = waits == Waits.SEND || waits == Waits.PIPE_WRITE || waits == Waits.LOCK;
    boolean elsewhere = ready && Waits.of(working) == Waits.SELECT;
    if (elsewhere && working.isMain() && !isStartedBy(group, working)) {
      return false;
    }
    return (blind.test(group) || (!elsewhere && blind.test(working)))
        && haveOneStarter(working, group);
  }

  /** Methods have to do with their own object, and that is told by their names. */
  static boolean isBlind(StackGroup group) {
    boolean untold = group.members().isEmpty() || group.members().stream().anyMatch(Member::untold);
    return !Kin.isOfMethods(group) && (untold || Kin.isClosure(group));
  }

  private static boolean isStartedBy(StackGroup group, StackGroup starter) {
    Frame by = group.createdBy();
    return by != null && starter.calls(by.function());
  }

  private static boolean haveOneStarter(StackGroup a, StackGroup b) {
    Frame one = a.createdBy();
    Frame other = b.createdBy();
    if (one == null || other == null) {
      return a.packagePath().equals(b.packagePath());
    }
    return one.function().equals(other.function())
        && (a.members().isEmpty()
            || b.members().isEmpty()
            || a.members().stream()
                .anyMatch(m -> b.members().stream().anyMatch(n -> n.parent() == m.parent())));
  }
}
