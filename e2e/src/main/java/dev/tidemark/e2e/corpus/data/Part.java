package dev.tidemark.e2e.corpus.data;

import java.util.Locale;

/** What a recording is for: thresholds are chosen on one part and told of the other. */
public enum Part {
  TRAIN,
  TEST;

  /** As it is written in files, flags and names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Seeds of the two parts never meet. */
  public long seed(int number) {
    return (this == TRAIN ? 1_000_000L : 2_000_000L) + number;
  }
}
