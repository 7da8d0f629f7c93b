package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Who sleeps wakes by itself, but many of whom each outlived another starter and who are most of
 * the program look again and again for something that does not come.
 */
final class SleepersRule implements Rule {
  private static final int MANY = 50;
  private static final double PILE = 0.25;
  private static final int STARTERS = 10;

  /** Where nobody tells who started them. */
  private static final int MORE = 100;

  private static final double MOST = 0.5;

  @Override
  public String id() {
    return "goroutine-sleepers";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (!group.isState("sleep") || group.isMain() || !Lifetime.ownCode(group)) {
      return Optional.empty();
    }
    boolean told = !group.members().isEmpty();
    boolean orphans =
        group.isOrphaned()
            && group.members().stream().mapToLong(Member::parent).distinct().count() >= STARTERS;
    boolean left =
        told && (orphans || group.isStartedOverTime()) && scene.isPile(group, MANY, PILE);
    if (!left && (told || !scene.isPile(group, MORE, MOST))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.suspect(
            id(),
            Count.of(group)
                + " asleep, "
                + scene.share(group)
                + (told ? ", each started by another that is gone" : "")
                + ": a loop that looks for what does not come, or work put off"));
  }
}
