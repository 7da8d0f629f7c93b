package dev.tidemark.signals.signal;

import java.util.List;

/**
 * One way a signal comes about: a branch of its expression.
 *
 * @param of the metrics that this branch needs, all of them; the first that is a clock tells when
 *     it is fresh
 * @param estimate what the value is an estimate from; empty where it is exact
 */
public record Way(List<String> of, String estimate) {
  public Way {
    of = List.copyOf(of);
    if (of.isEmpty()) {
      throw new IllegalArgumentException("of: must name at least one metric");
    }
  }
}
