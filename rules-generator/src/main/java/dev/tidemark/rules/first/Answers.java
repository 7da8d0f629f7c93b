package dev.tidemark.rules.first;

import dev.tidemark.toolkit.prometheus.VectorSample;
import java.util.List;

/** A server that evaluates PromQL. */
@FunctionalInterface
public interface Answers {
  /** The rows of an expression now; what it throws where there is no answer is its own matter. */
  List<VectorSample> ask(String expr);
}
