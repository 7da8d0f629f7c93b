package dev.tidemark.signals.signal;

/** How a block of samples becomes the one point that growth is judged on. */
public enum Reduce {
  /** The floor of the block: load raises peaks, a leak raises the floor. */
  TROUGH,
  MEDIAN,
  PEAK
}
