package dev.tidemark.engine;

/**
 * Where the members of a workload were in the slot before, the judged one among them; read-only,
 * the same for each of them.
 */
public interface Peers {
  /** How many members had a sample. */
  int count();

  double median();

  /** The member a tenth of the way up from the lowest: the odd ones are below. */
  double low();

  /** The member a tenth of the way down from the highest: the odd ones are above. */
  double high();

  /** By how much the median rose over the last so many milliseconds; NaN when that is not known. */
  double rise(long millis);
}
