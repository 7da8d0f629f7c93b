package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** A WaitGroup is done when those it counts are; if none of them can go on, it never is. */
final class WaitGroupRule implements Rule {
  @Override
  public String id() {
    return "goroutine-waitgroup";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.GROUP || scene.canBeWoken(group)) {
      return Optional.empty();
    }
    String reason = Count.of(group) + " waiting for a WaitGroup" + Count.oldest(group) + ": ";
    Peers peers = new Peers(scene.wakers());
    StackGroup stuck = peers.stuck(group);
    String why =
        stuck == null || stuck.blockedAt() == null
            ? "nobody is left who could call Done"
            : "it counts " + stuck.blockedAt().function() + ", which is stuck itself";
    if (stuck == null && peers.areIdle(group)) {
      return Optional.of(Finding.suspect(id(), reason + "those it counts are idle, or forgotten"));
    }
    if (stuck == null && Once.isFirstIn(group) && scene.wakers().isAnybodyAtWork()) {
      return Optional.of(Finding.suspect(id(), reason + "once, for whom others have started"));
    }
    return Optional.of(
        scene.counted() && stuck == null && mayBeMissing(group, scene)
            ? Finding.suspect(id(), reason + why)
            : scene.ofAbsence(group, id(), reason + why));
  }

  /** Whether somebody may call Done whom a count does not show to belong to the group. */
  private static boolean mayBeMissing(StackGroup group, Scene scene) {
    return scene.wakers().isAnybodyAtWork() || scene.wakers().clock().mayAnotherTick(group);
  }
}
