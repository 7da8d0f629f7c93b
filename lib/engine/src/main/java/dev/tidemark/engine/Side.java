package dev.tidemark.engine;

/** Which side of its expected line a series must leave to count as outside. */
public enum Side {
  HIGH,
  LOW,
  BOTH
}
