package dev.tidemark.e2e.corpus.table;

import java.util.List;

/**
 * A judge and what it said of every target.
 *
 * @param signals it judges, each a series of every target
 */
record Contender(String name, List<String> signals, List<Episode> episodes) {
  Contender {
    signals = List.copyOf(signals);
    episodes = List.copyOf(episodes);
  }
}
