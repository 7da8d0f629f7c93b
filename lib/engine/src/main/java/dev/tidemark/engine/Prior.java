package dev.tidemark.engine;

/**
 * What the other members of a workload teach about a series that has no history of its own;
 * read-only.
 */
public interface Prior {
  /** The value at rank q·(n−1), q in [0, 1], interpolated; NaN when there are no samples. */
  double quantile(double q);

  /** How many samples it rests on. */
  long samples();
}
