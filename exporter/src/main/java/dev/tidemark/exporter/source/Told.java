package dev.tidemark.exporter.source;

import java.util.Map;
import java.util.Set;

/**
 * What was told up to a slot and need not be asked again after it.
 *
 * @param next the slot after the last it holds for, epoch milliseconds
 * @param limitsAsOf the last slot limits were told of
 * @param looksAsOf the last slot facts were told of
 * @param rests for how many looks a fact that no target tells is not asked; below 0 where the last
 *     look told it
 * @param live whether facts were told of a slot that was read alone, as the present is
 * @param podsWithOwner whose controller is known
 */
record Told(
    long next,
    long limitsAsOf,
    long looksAsOf,
    Map<String, Integer> rests,
    boolean live,
    Set<String> podsWithOwner) {
  static final Told NOTHING =
      new Told(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Map.of(), false, Set.of());
}
