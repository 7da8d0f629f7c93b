package dev.tidemark.diagnosis.goroutine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goroutines that are alike: same state, blocked at the same place, created at the same place.
 *
 * @param state as Go prints it, without {@code (scan)}, {@code (leaked)}, {@code (durable)}; null:
 *     not known
 * @param leaked the garbage collector proved that nothing can ever wake them
 * @param waited null when the dump tells no age
 * @param blockedAt first frame outside runtime and standard library
 * @param stack of one of them, innermost first, at most {@link Limits#maxFrames}
 * @param members the first few of them
 */
public record StackGroup(
    long count,
    @Nullable String state,
    boolean leaked,
    @Nullable WaitMinutes waited,
    @Nullable Frame blockedAt,
    @Nullable Frame createdBy,
    List<Frame> stack,
    List<Member> members) {
  private static final int MANY = 10;
  private static final int SEVERAL = 3;

  public StackGroup {
    stack = List.copyOf(stack);
    members = List.copyOf(members);
  }

  boolean isState(String... states) {
    return state != null && List.of(states).contains(state);
  }

  /** Whether a function of this name is on the stack. */
  boolean calls(String function) {
    for (Frame frame : stack) { // asked so often that a stream would count
      if (frame.function().equals(function)) {
        return true;
      }
    }
    return false;
  }

  /** The package of the code that they are blocked in; empty where that is the standard library. */
  String packagePath() {
    return blockedAt == null ? "" : blockedAt.packagePath();
  }

  boolean isMain() {
    return createdBy == null && (calls("main.main") || calls("runtime.main"));
  }

  /** Whether who started them is gone, as far as the dump tells that of each. */
  boolean isOrphaned() {
    return !members.isEmpty()
        && members.stream().allMatch(member -> Boolean.TRUE.equals(member.orphan()));
  }

  /**
   * Whether many were started one after the other, with others between them that are gone; only
   * where the dump does not tell who started them.
   */
  boolean isStartedOverTime() {
    long apart = members.stream().filter(Member::apart).count();
    return members.size() >= MANY
        && apart >= SEVERAL
        && members.stream().allMatch(member -> member.parent() == 0);
  }

  /** Whether all of several were called with one object, as workers of one pool are. */
  boolean sharesOneObject() {
    if (members.size() < 2) {
      return false;
    }
    Set<Long> common = new HashSet<>(members.get(0).pointers());
    members.forEach(member -> common.retainAll(member.pointers()));
    return !common.isEmpty();
  }

  /** The oldest wait in minutes, 0 when not known. */
  long oldest() {
    return waited == null ? 0 : waited.max();
  }
}
