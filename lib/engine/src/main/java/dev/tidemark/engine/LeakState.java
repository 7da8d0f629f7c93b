package dev.tidemark.engine;

import java.util.Optional;

/** What the growth tests conclude about a series, from nothing to certain enough to act. */
public enum LeakState {
  NONE(0),
  SUSPECTED(1),
  CONFIRMED(2);

  /** By their codes. */
  private static final LeakState[] ALL = values();

  private final int code;

  LeakState(int code) {
    this.code = code;
  }

  /** The state with a number; empty where none has it. */
  public static Optional<LeakState> ofCode(int code) {
    return code >= 0 && code < ALL.length ? Optional.of(ALL[code]) : Optional.empty();
  }

  /** The number exposed as {@code tidemark_leak_state}. */
  public int code() {
    return code;
  }
}
