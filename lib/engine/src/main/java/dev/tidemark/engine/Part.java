package dev.tidemark.engine;

/**
 * A part of the judgement that can be switched off, to see what it earns or because it is wrong for
 * somebody's services; docs/engine.md describes each. A gate that is off always passes.
 */
public enum Part {
  /** Mann–Kendall's p value must be small. */
  TREND,
  /** Kendall's tau must be large. */
  STEADY,
  /** The rise must be more than a smallest band and a share of the level. */
  MATTERS,
  /** The rise must stand out from the noise around it. */
  SIGNAL,
  /** Both halves must rise. */
  HALVES,
  /** The last quarter must rise. */
  TAIL,
  /** The limit, or twice the level, must be within reach. */
  REACH,
  /** The days before must not have been as high at the same time. */
  DAYS_BEFORE,
  /** The level must not be usual. */
  LEVEL,
  /** The rise must not be usual. */
  RISE,
  /** A p value counts with the points that are independent. */
  AUTOCORRELATION,
  /** A leak must have come a share of the way to its limit. */
  STAKE,
  /** What slows down must not end below the limit. */
  PLATEAU,
  /** Growth over days, one point a day. */
  SLOW,
  /** The daily rhythm is taken off the band and off growth. */
  SEASON,
  /** What the other members of the workload do at the same time. */
  PEERS,
  /** What the workload taught fills in for a series without history. */
  PRIOR,
  /** A baseline stops learning while its series is outside or leaks. */
  FREEZING
}
