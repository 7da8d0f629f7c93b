package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Senders nobody receives from. Where somebody who may receive can go on, many or old ones only: a
 * healthy program keeps senders waiting while it is busy.
 */
final class SendRule implements Rule {
  private static final long OLD = 5;

  /** Fewer are received from sooner than anything could be told of them. */
  private static final int SEVERAL = 3;

  private static final String NOBODY = ": nobody who can go on has to do with it";

  @Override
  public String id() {
    return "goroutine-blocked-send";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    Waits waits = Waits.of(group);
    if (waits != Waits.SEND && waits != Waits.EITHER && waits != Waits.PIPE_WRITE) {
      return Optional.empty();
    }
    boolean pile = scene.isPile(group, 100, 0.1);
    boolean hugePile = scene.isPile(group, 500, 0.25);
    boolean alone = !scene.canBeWoken(group);
    String reason = Count.of(group) + " blocked on one " + waits.words() + Count.oldest(group);
    if (waits == Waits.EITHER) {
      return hugePile || (alone && (Lifetime.of(group, scene) != Lifetime.KEPT))
          ? Optional.of(
              Finding.suspect(
                  id(),
                  reason
                      + ", "
                      + scene.share(group)
                      + "; debug=1 does not tell sends from receives, debug=2 does"))
          : Optional.empty();
    }
    if (hugePile || (pile && group.oldest() >= OLD)) {
      return Optional.of(Finding.leak(id(), alone ? reason + NOBODY : reason));
    }
    if (alone && group.count() == 1 && Lifetime.isStartedUp(group)) {
      return Optional.empty(); // it hands out numbers, say, to whoever comes
    }
    if (alone) {
      return Optional.of(scene.ofAbsence(group, id(), reason + NOBODY));
    }
    Backpressure backpressure = new Backpressure(scene.wakers());
    if (waits == Waits.SEND && backpressure.areTooMany(group)) {
      return Optional.of(
          Finding.suspect(
              id(), reason + ": nobody who can go on is likely to receive from that many"));
    }
    if (waits == Waits.SEND
        && group.count() >= SEVERAL
        && scene.progress().onlyParkedCanWake(group)
        && !backpressure.areAwaitedByChildren(group)
        && !scene.wakers().isKnownToWhoGoesOn(group)) {
      return Optional.of(
          Finding.suspect(id(), reason + ": who could receive waits for others itself"));
    }
    return pile || group.oldest() >= 1
        ? Optional.of(Finding.suspect(id(), reason))
        : Optional.empty();
  }
}
