package dev.tidemark.e2e.corpus.table;

import dev.tidemark.exporter.fleet.Snapshot;

/**
 * Looks at everything the exporter knows after each slot of a recording. What is to be measured
 * over the timeline of the targets is one of these.
 */
public interface Watcher {
  /**
   * @param snapshot as the exporter would serve it at its slot; judgements that are not of this
   *     slot are older
   */
  void judged(Snapshot snapshot);
}
