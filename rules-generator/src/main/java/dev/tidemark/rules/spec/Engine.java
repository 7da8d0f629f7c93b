package dev.tidemark.rules.spec;

/** Who judges: Tidemark's exporter, or Prometheus alone. */
public enum Engine {
  EXPORTER,
  PROMQL
}
