package dev.tidemark.signals.signal;

/** What the values of a signal are. */
public enum Kind {
  /** A level: judged as it is. */
  GAUGE,
  /** A counter's rate: the expression applies {@code rate()} itself, so values are per second. */
  COUNTER,
  /** A share between 0 and 1 of something that ends at 1. */
  RATIO
}
