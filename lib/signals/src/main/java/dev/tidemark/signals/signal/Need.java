package dev.tidemark.signals.signal;

/**
 * A metric that a signal reads.
 *
 * @param metric its name, as Prometheus stores it
 * @param from who exposes it: {@code client_golang}, {@code cadvisor}, {@code kube-state-metrics}
 * @param optIn true where its exporter leaves it out unless asked
 */
public record Need(String metric, String from, boolean optIn) {
  public Need {
    if (!metric.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
      throw new IllegalArgumentException("metric: no metric name: \"" + metric + "\"");
    }
    if (from.isBlank()) {
      throw new IllegalArgumentException("from: who exposes " + metric + " is missing");
    }
  }
}
