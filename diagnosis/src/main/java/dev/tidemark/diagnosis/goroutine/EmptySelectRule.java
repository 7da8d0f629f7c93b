package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** {@code select {}} blocks for ever: on purpose in main, hardly elsewhere. */
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
    if (group.isMain()) {
      return Optional.of(Finding.normal(id(), "is the main goroutine, parked by an empty select"));
    }
    String reason =
        Count.of(group) + " parked by an empty select, which nothing ends" + Count.oldest(group);
    boolean orphans =
        group.members().stream().anyMatch(member -> Boolean.TRUE.equals(member.orphan()));
    return Optional.of(
        orphans || scene.tested() || group.count() >= MANY
            ? Finding.leak(id(), reason)
            : Finding.suspect(id(), reason));
  }
}
