package dev.tidemark.diagnosis.pprof;

import java.io.IOException;

/** What is left of the limits while a profile is read. */
final class Budget {
  private final ProfileLimits limits;
  private int entries;
  private int numbers;

  Budget(ProfileLimits limits) {
    this.limits = limits;
  }

  void entry(long offset) throws IOException {
    if (++entries > limits.maxEntries()) {
      throw NotAProfileException.at(
          offset, "expected at most " + limits.maxEntries() + " entries of all kinds");
    }
  }

  void number(long offset) throws IOException {
    if (++numbers > limits.maxNumbers()) {
      throw NotAProfileException.at(
          offset, "expected at most " + limits.maxNumbers() + " frames and values");
    }
  }
}
