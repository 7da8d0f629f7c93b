package dev.tidemark.exporter.source;

import dev.tidemark.signals.fact.Fact;

/**
 * Something that is asked now and then beside the samples.
 *
 * @param id of a fact, or of a signal that is not judged
 * @param expr with $target replaced; one row a target or a pod
 * @param merge which of two rows of one target counts
 * @param wholeHistory false where only what is true now matters: of a long chunk, as one that
 *     learns the past, the end alone is asked for
 */
public record Lookup(String id, String expr, Fact.Merge merge, boolean wholeHistory) {
  /**
   * What its tables are called. No limit is called so, be its expression the same: limits are asked
   * more often, and to be told one is no look.
   */
  public String name() {
    return "fact " + id;
  }
}
