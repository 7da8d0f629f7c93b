package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** Waiters for a lock: many and old is a lock that never comes free, many and young contention. */
final class LockRule implements Rule {
  private static final long OLD = 5;

  @Override
  public String id() {
    return "goroutine-blocked-lock";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.LOCK) {
      return Optional.empty();
    }
    boolean pile = scene.isPile(group, 100, 0.1);
    String reason = Count.of(group) + " waiting for one lock" + Count.oldest(group);
    if (pile && group.oldest() >= OLD) {
      return Optional.of(Finding.leak(id(), reason + ": its holder never lets go"));
    }
    if (pile) {
      return Optional.of(
          Finding.suspect(id(), reason + ": contention, or a holder that never lets go"));
    }
    return group.oldest() >= 1 ? Optional.of(Finding.suspect(id(), reason)) : Optional.empty();
  }
}
