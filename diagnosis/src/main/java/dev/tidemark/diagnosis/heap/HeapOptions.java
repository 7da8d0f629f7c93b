package dev.tidemark.diagnosis.heap;

/**
 * What to compare and what counts as growth.
 *
 * @param sampleType empty for {@code inuse_space}, else for what the profile shows first
 * @param threshold objects that a path must have gained to be looked at
 */
public record HeapOptions(String sampleType, long threshold) {
  public static final long DEFAULT_THRESHOLD = 500;

  public HeapOptions {
    if (threshold < 1) {
      throw new IllegalArgumentException("threshold: more than 0");
    }
  }

  public static HeapOptions defaults() {
    return new HeapOptions("", DEFAULT_THRESHOLD);
  }
}
