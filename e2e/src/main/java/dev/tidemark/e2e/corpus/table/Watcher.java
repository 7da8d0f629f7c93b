package dev.tidemark.e2e.corpus.table;

import dev.tidemark.exporter.fleet.SeriesView;
import java.util.List;

/**
 * Looks at everything the exporter knows after each slot of a recording. What is to be measured
 * over the timeline of the targets is one of these.
 */
interface Watcher {
  /**
   * @param slot epoch milliseconds of the corpus
   * @param series every series that has a judgement; those not of this slot are older
   */
  void judged(long slot, List<SeriesView> series);
}
