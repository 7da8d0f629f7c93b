package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** Who waits for a condition waits for somebody to signal it; idle workers do, too. */
final class ConditionRule implements Rule {
  @Override
  public String id() {
    return "goroutine-condition";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.CONDITION || scene.canBeWoken(group)) {
      return Optional.empty();
    }
    String reason =
        Count.of(group)
            + " waiting for a condition"
            + Count.oldest(group)
            + ": nobody who can go on could signal it";
    return Lifetime.of(group, scene).verdict(id(), reason);
  }
}
