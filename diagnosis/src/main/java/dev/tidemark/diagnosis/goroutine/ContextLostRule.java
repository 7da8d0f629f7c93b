package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Selects that outlived who started them and that nobody who can go on has to do with: a request's
 * helper without a way to be cancelled. A select may hold a timer, which a dump does not tell, so
 * one alone is suspect.
 */
final class ContextLostRule implements Rule {
  private static final int SEVERAL = 3;
  private static final int MANY = 10;

  @Override
  public String id() {
    return "goroutine-context-lost";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    boolean watcher =
        group.stack().stream()
            .anyMatch(frame -> frame.function().matches("context\\..*propagateCancel\\.func\\d"));
    boolean fits = watcher || Lifetime.ownCode(group);
    if (Waits.of(group) != Waits.SELECT
        || !fits
        || group.isMain()
        || scene.wakers().isRelatedToAnyThatGoesOn(group)
        || isOfLivingPackage(group, scene)) {
      return Optional.empty();
    }
    boolean orphans =
        !group.members().isEmpty()
            && group.members().stream().allMatch(member -> Boolean.TRUE.equals(member.orphan()));
    String reason =
        Count.of(group)
            + " in a select"
            + (watcher ? " that watches a context" : "")
            + Count.oldest(group)
            + ": nobody who can go on has to do with it";
    if (orphans) {
      long parents = group.members().stream().mapToLong(Member::parent).distinct().count();
      reason += ", and who started it is gone";
      return Optional.of(
          parents >= SEVERAL || scene.tested()
              ? scene.ofAbsence(group, id(), reason)
              : Finding.suspect(id(), reason));
    }
    if (scene.service() && !(several(group) && isStartedAtSeveralTimes(group))) {
      return Optional.empty();
    }
    return Optional.of(Finding.suspect(id(), reason));
  }

  private static boolean several(StackGroup group) {
    return group.count() >= MANY;
  }

  /**
   * Whether others were started between most of them: who starts workers starts them in a row, and
   * their numbers follow one another.
   */
  private static boolean isStartedAtSeveralTimes(StackGroup group) {
    long[] ids = group.members().stream().mapToLong(Member::id).sorted().toArray();
    long apart = 0;
    for (int i = 1; i < ids.length; i++) {
      apart += ids[i] - ids[i - 1] > 2 ? 1 : 0;
    }
    return ids.length >= MANY && 2 * apart > ids.length;
  }

  /** Whether others that can go on belong to the same package, which then has a life of its own. */
  private static boolean isOfLivingPackage(StackGroup group, Scene scene) {
    Frame at = group.blockedAt();
    String path = at == null ? "main" : at.packagePath();
    return !path.equals("main")
        && scene.wakers().anyOtherThatGoesOn(group, other -> isIn(path, other));
  }

  private static boolean isIn(String path, StackGroup group) {
    return group.stack().stream().anyMatch(frame -> frame.packagePath().equals(path));
  }
}
