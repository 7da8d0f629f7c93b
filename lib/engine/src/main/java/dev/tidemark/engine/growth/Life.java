package dev.tidemark.engine.growth;

/**
 * What is known of the process that is watched.
 *
 * @param birth the level it began with, as far as it was watched; NaN when not known
 * @param seenFrom its first sample
 * @param warmUntil when its warm-up is over, {@link Long#MIN_VALUE} where there is none
 */
record Life(double birth, long seenFrom, long warmUntil) {}
