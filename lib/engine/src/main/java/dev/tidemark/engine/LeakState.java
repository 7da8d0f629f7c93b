package dev.tidemark.engine;

/** What the growth tests conclude about a series, from nothing to certain enough to act. */
public enum LeakState {
  NONE(0),
  SUSPECTED(1),
  CONFIRMED(2);

  private final int code;

  LeakState(int code) {
    this.code = code;
  }

  /** The number exposed as {@code tidemark_leak_state}. */
  public int code() {
    return code;
  }
}
