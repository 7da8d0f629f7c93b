package dev.tidemark.diagnosis.pprof;

import dev.tidemark.diagnosis.input.BadInputException;
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
      throw BadInputException.at(
          offset, "has one entry more", "at most " + limits.maxEntries() + " of all kinds");
    }
  }

  void number(long offset) throws IOException {
    if (++numbers > limits.maxNumbers()) {
      throw BadInputException.at(
          offset, "has one number more", "at most " + limits.maxNumbers() + " frames and values");
    }
  }
}
