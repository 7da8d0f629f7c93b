package dev.tidemark.rules.rule.leak;

import java.util.Map;

/**
 * What a process exposes so that a value comes about.
 *
 * @param metric the one that moves: the value times the factor
 * @param steady the others, which stay as they are
 */
record Feed(String metric, double factor, Map<String, Double> steady) {
  Feed {
    steady = Map.copyOf(steady);
  }
}
