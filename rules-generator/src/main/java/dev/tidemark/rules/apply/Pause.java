package dev.tidemark.rules.apply;

/** Waits a little before a server is asked again. */
@FunctionalInterface
public interface Pause {
  /**
   * @return false where it has been waited for long enough
   */
  boolean again();
}
