package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Whether those whom nobody in the dump can wake are meant to stay. Idle workers wait as leaks do;
 * what tells them apart is who started them, and how many are alike.
 */
enum Lifetime {
  /** Started by who is gone, or in a test: nothing is left that could mean them to stay. */
  LOST,
  /** Nothing speaks for them, and nothing proves them lost. */
  DOUBTFUL,
  /** Started once by who is there for as long as the program. */
  KEPT;

  private static final int MANY = 50;

  /** A worker may be started by the first request that needs it, one for each tenant or key. */
  private static final int SEVERAL = 10;

  private static final int FEW = 3;

  /**
   * Those who wait for a condition in a pool are this many at most, where addresses are not told.
   */
  private static final int POOL = 16;

  /** Of a cut dump, or one that tells neither addresses nor parents, little is proof. */
  static Lifetime of(StackGroup group, Scene scene) {
    Lifetime lifetime = byItsStart(group, scene);
    boolean blind =
        scene.dump().truncated()
            || (scene.counted() && scene.wakers().isAnybodyAtWork())
            || scene.wakers().isRelatedToWorkingObserver(group);
    return lifetime == LOST && blind ? DOUBTFUL : lifetime;
  }

  private static Lifetime byItsStart(StackGroup group, Scene scene) {
    if (isStartedUp(group) || scene.isNamedForSignals(group)) {
      return KEPT;
    }
    boolean mayTick = Waits.of(group) == Waits.RECEIVE && scene.listens() && !scene.tested();
    if (scene.prospect(group) == Prospect.NONE) {
      if (mayTick && group.isOrphaned()) {
        return DOUBTFUL; // the loop of a ticker, for each tenant that a request has set up
      }
      boolean lazy = group.isOrphaned() && scene.listens() && !scene.tested();
      return group.count() >= (lazy ? SEVERAL : ownCode(group) ? 1 : FEW) ? LOST : DOUBTFUL;
    }
    if (group.isMain()) {
      return scene.signalled() ? KEPT : DOUBTFUL;
    }
    Frame by = group.createdBy();
    if (by != null && group.blockedAt() == null && StandardLibrary.holds(by)) {
      return KEPT;
    }
    if ((scene.tested() || !scene.listens())
        && isSurelyLost(group)
        && !scene.wakers().clock().mayAnotherTick(group)) {
      return LOST; // nothing from outside can reach it, and nothing within does
    }
    if (group.isStartedOverTime() && ownCode(group)) {
      return mayTick
          ? DOUBTFUL
          : LOST; // as orphans are, where the dump does not tell who started them
    }
    boolean starterTold = group.members().stream().anyMatch(member -> member.parent() > 0);
    if (!starterTold && scene.isSignalHandler(group)) {
      return KEPT;
    }
    boolean byMain =
        !group.members().isEmpty()
            && group.members().stream().allMatch(member -> member.parent() == 1);
    return scene.service() && byMain && group.count() < MANY ? KEPT : DOUBTFUL;
  }

  /**
   * A receiver may wait for the clock, as a ticker's does; a condition has none, but a pool may
   * wait for it, and a connection in memory for its next request.
   */
  private static boolean isSurelyLost(StackGroup group) {
    boolean pool =
        group.sharesOneObject()
            || (group.members().isEmpty() && group.count() > 1 && group.count() <= POOL);
    return group.count() >= MANY
        || (Waits.of(group) == Waits.CONDITION && !pool)
        || (Waits.of(group) == Waits.PIPE_READ && !group.calls("net.(*pipe).read"));
  }

  /** Whether a group was started by a function that runs before main, and once. */
  static boolean isStartedUp(StackGroup group) {
    Frame by = group.createdBy();
    return by != null && by.function().matches(".*\\.init(\\.\\d+)?");
  }

  /** A module of somebody else lies in the module cache or a vendor folder. */
  static boolean ownCode(StackGroup group) {
    Frame at = group.blockedAt();
    String file = at == null ? null : at.file();
    return at != null
        && (file == null
            || !(file.contains("/pkg/mod/")
                || file.contains("/vendor/")
                || file.contains("@v")
                || file.contains("/gocode/")));
  }

  Optional<Finding> verdict(String id, String reason) {
    return switch (this) {
      case LOST -> Optional.of(Finding.leak(id, reason));
      case DOUBTFUL -> Optional.of(Finding.suspect(id, reason));
      case KEPT -> Optional.empty();
    };
  }
}
