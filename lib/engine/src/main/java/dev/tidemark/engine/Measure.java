package dev.tidemark.engine;

/** What values are amounts of. Nothing is judged by it; it is how sentences write them. */
public enum Measure {
  /** Of things, or of nobody knows what: 4,870. */
  COUNT,
  /** 84.2 MiB. */
  BYTES,
  /** 12 ms, 5.2 h. */
  SECONDS,
  /** 1 is 100 %. */
  RATIO
}
