package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Selects that outlived who started them and that nobody who can go on has to do with: a request's
 * helper without a way to be cancelled. A select may hold a timer, which a dump does not tell, so
 * one alone is suspect.
 */
final class ContextLostRule implements Rule {
  private static final int SEVERAL = 10;
  private static final int MANY = 10;
  private static final double PILE = 0.1;

  @Override
  public String id() {
    return "goroutine-context-lost";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.SELECT
        || !scene.footing().hangs(group)
        || scene.wakers().clock().wakesByItself(group)) {
      return Optional.empty();
    }
    boolean watcher = Footing.isContextWatcher(group);
    boolean orphans = group.isOrphaned();
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
    boolean many =
        isStartedAmongOthers(group) || (scene.counted() && scene.isPile(group, MANY, PILE));
    if (scene.service() && !many) {
      return Optional.empty();
    }
    return Optional.of(Finding.suspect(id(), reason));
  }

  /**
   * Whether most of many were started when others had been since the one before: who starts workers
   * starts them in a row, and their numbers follow one another. One number between two is that of a
   * second loop started beside each, unless its goroutine is gone.
   */
  private static boolean isStartedAmongOthers(StackGroup group) {
    List<Member> sorted =
        group.members().stream().sorted(Comparator.comparingLong(Member::id)).toList();
    long gaps = 0;
    for (int i = 1; i < sorted.size(); i++) {
      Member member = sorted.get(i);
      gaps += member.apart() || member.id() - sorted.get(i - 1).id() > 2 ? 1 : 0;
    }
    return sorted.size() >= MANY && 2 * gaps > sorted.size();
  }
}
