package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Waiters for a lock. When nobody who could hold it can go on, it never comes free: its holder has
 * returned without unlocking, or waits for a lock itself. Else many and old, or many and young,
 * which is contention.
 */
final class LockRule implements Rule {
  private static final long OLD = 5;

  @Override
  public String id() {
    return "goroutine-blocked-lock";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.LOCK) {
      return keepsOthers(group, scene);
    }
    boolean pile = scene.isPile(group, 100, 0.1);
    String reason = Count.of(group) + " waiting for one lock" + Count.oldest(group);
    boolean old = pile && group.oldest() >= OLD;
    StackGroup first = Once.waitingFirst(group, scene).orElse(null);
    if (first != null) {
      return Optional.of(
          Finding.suspect(
              id(), reason + ": the first in this Once waits for a " + Waits.of(first).words()));
    }
    if (!scene.canBeWoken(group) && !(old && scene.dump().truncated())) {
      return Optional.of(scene.ofAbsence(group, id(), reason + ": " + holder(group, scene)));
    }
    if (old) {
      return Optional.of(Finding.leak(id(), reason + ": its holder never lets go"));
    }
    if (scene.wakers().isAtWork(group)) {
      String atIt = reason + ": another goroutine is at it";
      return Optional.of(
          group.oldest() >= 1 ? Finding.suspect(id(), atIt) : Finding.normal(id(), atIt));
    }
    StackGroup holder = scene.holders().of(group).orElse(null);
    if (holder != null && holder.blockedAt() != null) {
      return Optional.of(
          Finding.suspect(
              id(),
              reason
                  + ": who holds it, in "
                  + holder.blockedAt().function()
                  + ", waits for a "
                  + Waits.of(holder).words()
                  + " itself"));
    }
    if (scene.progress().onlyParkedCanWake(group)) {
      return Optional.of(
          Finding.suspect(id(), reason + ": who could hold it waits for others itself"));
    }
    if (pile) {
      return Optional.of(
          Finding.suspect(id(), reason + ": contention, or a holder that never lets go"));
    }
    if (!scene.counted() && !scene.progress().mayBeHeld(group)) {
      return Optional.of(
          Finding.suspect(id(), reason + ": nobody who can go on shows that it could hold it"));
    }
    return group.oldest() >= 1 ? Optional.of(Finding.suspect(id(), reason)) : Optional.empty();
  }

  /** Who waits for somebody while others wait for its lock. */
  private Optional<Finding> keepsOthers(StackGroup group, Scene scene) {
    long kept = scene.holders().keptBy(group);
    return kept == 0
        ? Optional.empty()
        : Optional.of(
            Finding.suspect(
                id(),
                Count.of(group)
                    + " blocked on one "
                    + Waits.of(group).words()
                    + Count.oldest(group)
                    + ", with a lock for which "
                    + (kept == 1 ? "1 other waits" : kept + " others wait")));
  }

  private static String holder(StackGroup group, Scene scene) {
    StackGroup other =
        scene.wakers().related(group).stream()
            .filter(related -> related.blockedAt() != null && Waits.of(related).needsSomebody())
            .filter(related -> !Holders.waitForOne(group, related))
            .findFirst()
            .orElse(null);
    if (other == null || other.blockedAt() == null) {
      return "nobody who can go on holds it; it was left locked, or is locked twice";
    }
    return "it and " + other.blockedAt().function() + " wait for one another";
  }
}
