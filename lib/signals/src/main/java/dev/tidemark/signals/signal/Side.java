package dev.tidemark.signals.signal;

/** On which side of its band a signal is bad. */
public enum Side {
  HIGH,
  LOW,
  BOTH
}
