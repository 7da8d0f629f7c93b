package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * More of the same than in earlier dumps. Growth alone may be load (a server went from 42 to 150
 * goroutines and back), and load rises from dump to dump as a leak does. So a leak needs more:
 * blocked with nobody in the dump who could end it, and tenfold or rising each time. Of few, their
 * numbers tell: a queue of which nobody was served while others joined it does not move.
 */
final class GrowthRule implements Rule {
  private static final long LEAST_MORE = 20;
  private static final int FACTOR = 2;
  private static final int STRONG_FACTOR = 10;
  private static final long STRONG_LEAST = 100;
  private static final long FEW = 3;

  @Override
  public String id() {
    return "goroutine-growth";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (scene.baselines().isEmpty()) {
      return Optional.empty();
    }
    List<Long> before =
        scene.baselines().stream().map(counts -> counts.of(group, scene.counted())).toList();
    long highest = before.stream().mapToLong(Long::longValue).max().orElse(0);
    long count = group.count();
    String reason =
        Count.of(group)
            + ", up from "
            + before.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + " in the baseline"
            + Count.oldest(group);
    if (count < FACTOR * highest || count - highest < LEAST_MORE) {
      return joinedButNeverLeft(group, highest, scene)
          ? Optional.of(Finding.suspect(id(), reason + ": none of those has gone on since"))
          : Optional.empty();
    }
    boolean strong =
        isBlocked(group)
            && !isAlive(group, scene)
            && (isRising(before, count)
                || (count >= STRONG_LEAST
                    && count >= STRONG_FACTOR * highest
                    && (scene.counted() || group.oldest() >= 1)));
    return Optional.of(strong ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
  }

  /** Of those who wait for many things, idle workers join and stay, too. */
  private static boolean joinedButNeverLeft(StackGroup group, long highest, Scene scene) {
    return isBlocked(group)
        && (Waits.of(group).isAlwaysStuck() || !isAlive(group, scene))
        && group.count() - highest >= FEW
        && scene.baselines().stream().allMatch(before -> before.stayed(group) >= FEW);
  }

  /** What runs or waits for the network or the clock ends by itself. */
  private static boolean isBlocked(StackGroup group) {
    return Waits.of(group) != Waits.OTHER || group.isState("select (no cases)");
  }

  /**
   * Whether somebody who can go on has to do with them, as a connection's reader with its writer.
   */
  private static boolean isAlive(StackGroup group, Scene scene) {
    return !group.isState("select (no cases)")
        && scene.canBeWoken(group)
        && !scene.footing().hangs(group);
  }

  private static boolean isRising(List<Long> before, long count) {
    if (before.size() < 2) {
      return false;
    }
    for (int i = 1; i < before.size(); i++) {
      if (before.get(i) <= before.get(i - 1)) {
        return false;
      }
    }
    return count > before.get(before.size() - 1);
  }
}
