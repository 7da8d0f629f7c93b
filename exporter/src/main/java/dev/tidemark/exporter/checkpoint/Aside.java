package dev.tidemark.exporter.checkpoint;

/** Why a segment was left where it lies. */
public enum Aside {
  /** Cut off, or a checksum does not hold. */
  DAMAGED,
  /** Whole, but what it holds is written as this release does not know. */
  UNREADABLE,
  /** Learnt under another configuration. */
  CONFIGURATION,
  /** Older than the history. */
  OLD,
  /** Later than now: the clock was ahead when it was written. */
  FUTURE;

  /** The value of the label {@code reason}. */
  public String label() {
    return switch (this) {
      case DAMAGED -> "damaged";
      case UNREADABLE -> "unreadable";
      case CONFIGURATION -> "configuration";
      case OLD -> "old";
      case FUTURE -> "future";
    };
  }
}
