package dev.tidemark.diagnosis.goroutine;

import java.util.List;
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
  public StackGroup {
    stack = List.copyOf(stack);
    members = List.copyOf(members);
  }

  boolean isState(String... states) {
    return state != null && List.of(states).contains(state);
  }

  /** Whether a function of this name is on the stack. */
  boolean calls(String function) {
    return stack.stream().anyMatch(frame -> frame.function().equals(function));
  }

  boolean isMain() {
    return createdBy == null && (calls("main.main") || calls("runtime.main"));
  }

  /** The oldest wait in minutes, 0 when not known. */
  long oldest() {
    return waited == null ? 0 : waited.max();
  }
}
