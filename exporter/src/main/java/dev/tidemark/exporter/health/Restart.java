package dev.tidemark.exporter.health;

import dev.tidemark.engine.LeakState;
import java.util.List;

/**
 * One process after another, and how the one before was when it was last seen.
 *
 * @param atMillis when the new process started, else when the restart was noticed
 * @param target the canonical text of the target
 * @param why what ended the one before
 * @param livedMillis how long that had run; -1 where nobody told
 * @param before its signals at their last sample; empty where it was never judged
 */
public record Restart(
    long atMillis, String target, Why why, long livedMillis, List<LastState> before) {
  /** What ended a container, as Kubernetes says. */
  public enum Why {
    /** Nobody told, or not yet. */
    UNKNOWN,
    OTHER,
    COMPLETED,
    ERROR,
    OOM_KILLED;

    /** The codes are those of {@code last_exit} in facts.yaml. */
    static Why of(double code) {
      return switch (Double.isNaN(code) ? 0 : (int) code) {
        case 1 -> OTHER;
        case 2 -> COMPLETED;
        case 3 -> ERROR;
        case 4 -> OOM_KILLED;
        default -> UNKNOWN;
      };
    }
  }

  /**
   * A signal at its last sample before the restart.
   *
   * @param limit NaN where there was none
   * @param growthPerSecond NaN where it was not known
   * @param reason the verdict in words
   */
  public record LastState(
      String signal,
      double value,
      double limit,
      LeakState leakState,
      double growthPerSecond,
      String reason) {}

  public Restart {
    before = List.copyOf(before);
  }

  /** Told by Kubernetes alone; the new process was not seen yet. */
  boolean isUnseen() {
    return livedMillis < 0 && before.isEmpty();
  }

  Restart because(Why known) {
    return new Restart(atMillis, target, known, livedMillis, before);
  }
}
