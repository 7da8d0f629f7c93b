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

  /** Of a cut dump, or one that tells neither addresses nor parents, nothing is proof. */
  static Lifetime of(StackGroup group, Scene scene) {
    Lifetime lifetime = byItsStart(group, scene);
    boolean blind = scene.dump().truncated() || (scene.counted() && !scene.tested());
    return lifetime == LOST && blind ? DOUBTFUL : lifetime;
  }

  private static Lifetime byItsStart(StackGroup group, Scene scene) {
    if (scene.prospect(group) == Prospect.NONE) {
      return ownCode(group) || group.count() >= 3 ? LOST : DOUBTFUL;
    }
    if (scene.tested() && group.blockedAt() != null) {
      return LOST;
    }
    if (group.isMain()) {
      return scene.signalled() ? KEPT : DOUBTFUL;
    }
    if (group.createdBy() != null && startsUp(group.createdBy())) {
      return KEPT;
    }
    if (!scene.service() && (group.count() == 1 || group.count() >= MANY)) {
      return LOST; // nothing from outside can reach it, and nothing within does
    }
    boolean byMain =
        !group.members().isEmpty()
            && group.members().stream().allMatch(member -> member.parent() == 1);
    return scene.service() && byMain && group.count() < MANY ? KEPT : DOUBTFUL;
  }

  /** Whether a function runs before main and once. */
  private static boolean startsUp(Frame function) {
    return Kin.written(function.function()).matches(".*\\.init(\\.\\d+)?")
        || StandardLibrary.holds(function);
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
