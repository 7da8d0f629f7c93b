package dev.tidemark.engine;

/**
 * How the samples of a block become the one point that growth is measured on: the trough is what
 * remains after a garbage collection, the peak what a limit has to hold.
 */
public enum Reduce {
  TROUGH,
  MEDIAN,
  PEAK
}
