package dev.tidemark.e2e.corpus.record;

import java.util.List;

/**
 * Something services do, laid out as pods by a seed.
 *
 * @param text what it does, in words
 * @param twice whether two replicas of Prometheus scrape it
 */
record Behaviour(String name, String text, boolean twice, Layout layout) {
  /** Makes the pods of one seed. */
  @FunctionalInterface
  interface Layout {
    List<Pod> pods(Scene scene);
  }

  static Behaviour of(String name, String text, Layout layout) {
    return new Behaviour(name, text, false, layout);
  }
}
