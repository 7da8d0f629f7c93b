package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** {@code select {}} blocks for ever: on purpose in main or once, hardly in many goroutines. */
final class EmptySelectRule implements Rule {
  private static final int MANY = 10;

  @Override
  public String id() {
    return "goroutine-empty-select";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (!group.isState("select (no cases)")) {
      return Optional.empty();
    }
    if (group.isMain() || group.count() < MANY) {
      return Optional.of(
          Finding.normal(id(), Count.of(group) + " parked for ever by an empty select"));
    }
    return Optional.of(
        Finding.suspect(
            id(),
            Count.of(group)
                + " parked by an empty select, which nothing ends"
                + Count.oldest(group)));
  }
}
