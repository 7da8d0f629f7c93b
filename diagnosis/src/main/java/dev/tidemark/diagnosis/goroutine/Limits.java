package dev.tidemark.diagnosis.goroutine;

/**
 * How much of a dump is read; what lies beyond makes the dump truncated.
 *
 * @param maxBytes after decompression
 * @param maxLineBytes of one line; the rest of a longer one is skipped
 * @param maxGroups distinct groups (debug=2) or stacks (debug=1)
 * @param maxFrames of one stack
 */
public record Limits(long maxBytes, int maxLineBytes, int maxGroups, int maxFrames) {
  public Limits {
    if (maxBytes < 1 || maxLineBytes < 80 || maxGroups < 1 || maxFrames < 1) {
      throw new IllegalArgumentException("limits must be positive, lines at least 80 bytes");
    }
  }

  /**
   * 256 MiB (the runtime stops at 64), lines of 64 KiB, 100,000 groups, stacks of 300 frames (the
   * runtime prints 100 and their ancestors).
   */
  public static Limits defaults() {
    return new Limits(256L << 20, 64 << 10, 100_000, 300);
  }
}
