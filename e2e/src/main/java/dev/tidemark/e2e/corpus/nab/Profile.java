package dev.tidemark.e2e.corpus.nab;

/**
 * What a detection is worth, as NAB weighs it (Lavin and Ahmad, "Evaluating Real-time Anomaly
 * Detection Algorithms", ICMLA 2015).
 *
 * @param hit of a window
 * @param wrong of a detection outside, taken off
 * @param missed of a window without a detection, taken off
 */
record Profile(String name, double hit, double wrong, double missed) {
  static final Profile STANDARD = new Profile("standard", 1, 0.11, 1);
  static final Profile LOW_FALSE_POSITIVES = new Profile("reward low FP", 1, 0.22, 1);
  static final Profile LOW_FALSE_NEGATIVES = new Profile("reward low FN", 1, 0.11, 2);
}
