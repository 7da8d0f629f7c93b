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
    StackGroup stuck = scene.wakers().stuckPeer(group);
    String why =
        stuck == null || stuck.blockedAt() == null
            ? "nobody is left who could call Done"
            : "it counts " + stuck.blockedAt().function() + ", which is stuck itself";
    return Optional.of(
        scene.counted() && stuck == null && scene.wakers().isAnybodyAtWork()
            ? Finding.suspect(id(), reason + why)
            : scene.ofAbsence(group, id(), reason + why));
  }
}
