package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import org.jspecify.annotations.Nullable;

/** All that is known of one target at one moment. */
public interface Vitals {
  /** The last value of a signal or a fact; NaN where it is not known. */
  double value(String id);

  /** What the engine says of a signal now; null where it is not judged or too old. */
  @Nullable Judgement judged(String id);

  /** Milliseconds since the process started; -1 where nobody told. */
  long ageMillis();

  /** What is remembered of the process. */
  ProcessMemory memory();

  /** The leak state of a signal, NONE where it is not judged. */
  default LeakState leak(String id) {
    Judgement judgement = judged(id);
    return judgement == null ? LeakState.NONE : judgement.leakState();
  }

  /** Whether all of these are known. */
  default boolean knows(String... ids) {
    for (String id : ids) {
      if (Double.isNaN(value(id))) {
        return false;
      }
    }
    return true;
  }
}
