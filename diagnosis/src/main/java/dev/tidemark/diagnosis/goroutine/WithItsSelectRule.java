package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import java.util.Optional;

/** Whoever could only be woken by a select that is lost is as lost as the select. */
final class WithItsSelectRule implements Rule {
  private final Rule selects;

  WithItsSelectRule(Rule selects) {
    this.selects = selects;
  }

  @Override
  public String id() {
    return selects.id();
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    Waits waits = Waits.of(group);
    List<StackGroup> beside = scene.footing().selectsBeside(group);
    if (!waits.needsSomebody() || beside.isEmpty()) {
      return Optional.empty();
    }
    Verdict least = Verdict.LEAK;
    for (StackGroup select : beside) {
      Verdict its = selects.judge(select, scene).map(Finding::verdict).orElse(Verdict.NORMAL);
      least = its.compareTo(least) < 0 ? its : least;
    }
    Frame at = beside.get(0).blockedAt();
    String reason =
        Count.of(group)
            + " blocked on one "
            + waits.words()
            + Count.oldest(group)
            + ": only the select in "
            + (at == null ? "the standard library" : at.function())
            + " has to do with it, and nobody who can go on with that";
    return switch (least) {
      case NORMAL -> Optional.empty();
      case LEAK ->
          Optional.of(
              group.isOrphaned() ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
      case SUSPECT -> Optional.of(Finding.suspect(id(), reason));
    };
  }
}
