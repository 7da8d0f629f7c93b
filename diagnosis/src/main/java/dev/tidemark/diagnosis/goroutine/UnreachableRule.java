package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * The garbage collector proved that nothing alive can wake them, or the runtime that nothing in the
 * program can go on: a leak without doubt.
 */
final class UnreachableRule implements Rule {
  @Override
  public String id() {
    return "goroutine-unreachable";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    boolean parked = group.stack().isEmpty(); // so the runtime shows main in an empty select
    return group.leaked() && !parked
        ? Optional.of(
            Finding.leak(
                id(),
                Count.of(group)
                    + " blocked on what nothing alive can reach, proved by the runtime"))
        : Optional.empty();
  }
}
