package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Receivers: idle workers look the same, so age alone is no reason. Those whom nobody can wake are
 * judged by who started them; of the others many, of all ages up to an old one, are suspect.
 */
final class ReceiveRule implements Rule {
  private static final long OLD = 10;

  @Override
  public String id() {
    return "goroutine-blocked-receive";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    Waits waits = Waits.of(group);
    boolean receives = waits == Waits.RECEIVE || waits == Waits.PIPE_READ;
    if (receives && !scene.canBeWoken(group)) {
      String reason = Count.of(group) + " blocked on one " + waits.words() + Count.oldest(group);
      if (scene.wakers().clock().wakesByItself(group)) {
        return Optional.of(
            Finding.normal(
                id(), reason + ": it, or others of them at the same line, went on a while ago"));
      }
      StackGroup stuck = new Peers(scene.wakers()).stuck(group);
      if (stuck != null && stuck.blockedAt() != null) {
        return Optional.of(
            scene.ofAbsence(
                group, id(), reason + ": " + stuck.blockedAt().function() + " is stuck itself"));
      }
      return Lifetime.of(group, scene)
          .verdict(id(), reason + ": nobody who can go on has to do with it");
    }
    return byAge(group, scene, waits);
  }

  private Optional<Finding> byAge(StackGroup group, Scene scene, Waits waits) {
    boolean fits = waits == Waits.RECEIVE || waits == Waits.GROUP || waits == Waits.CONDITION;
    WaitMinutes waited = group.waited();
    if (!fits || waited == null || !scene.isPile(group, 100, 0.1)) {
      return Optional.empty();
    }
    boolean allAges = waited.min() <= waited.max() / 2;
    if (waited.max() < OLD || !allAges) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.suspect(
            id(),
            Count.of(group)
                + " blocked on one "
                + waits.words()
                + ", for "
                + waited.min()
                + " to "
                + waited.max()
                + " min: idle workers, or more each minute"));
  }
}
