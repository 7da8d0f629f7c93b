package dev.tidemark.engine;

import java.time.Duration;
import java.util.List;

/**
 * What a judge remembers of one window, to be looked at: a sample a slot, rounded to 0.5 %.
 *
 * @param window how much time it spans
 * @param firstMillis where the first slot begins, epoch milliseconds; 0 while nothing is remembered
 * @param stepMillis width of a slot
 * @param values oldest first up to the newest sample, also of those that have not taught yet; NaN
 *     where a slot is empty; none while nothing is remembered
 */
public record Trace(Duration window, long firstMillis, long stepMillis, List<Double> values) {
  public Trace {
    values = List.copyOf(values);
  }
}
