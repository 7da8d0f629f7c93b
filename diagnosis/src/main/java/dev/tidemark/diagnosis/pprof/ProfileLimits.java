package dev.tidemark.diagnosis.pprof;

/**
 * How much a profile may hold; a larger one is refused, because half a profile has wrong figures.
 *
 * @param maxBytes after decompression
 * @param maxEntries samples, labels, locations, lines, functions, mappings and strings together
 * @param maxNumbers frames and values of all samples together
 */
public record ProfileLimits(long maxBytes, int maxEntries, int maxNumbers) {
  public ProfileLimits {
    if (maxBytes < 1 || maxEntries < 1 || maxNumbers < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** 256 MiB, 4 million entries, 40 million numbers: some 600 MB of heap at the very most. */
  public static ProfileLimits defaults() {
    return new ProfileLimits(256L << 20, 4_000_000, 40_000_000);
  }
}
