package dev.tidemark.signals.signal;

/**
 * A metric that a signal reads.
 *
 * @param metric its name, as Prometheus stores it
 * @param from who exposes it: {@code client_golang}, {@code cadvisor}, {@code kube-state-metrics}
 * @param optIn true where its exporter leaves it out unless asked
 * @param clock whether its samples carry the target's labels, so that one of them makes a slot of
 *     the target fresh
 * @param turnOn what exposes it: of client_golang the rules that switch it on, in Go; else words;
 *     empty where nothing has to be done
 */
public record Need(String metric, String from, boolean optIn, boolean clock, String turnOn) {
  public Need {
    if (!metric.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
      throw new IllegalArgumentException("metric: no metric name: \"" + metric + "\"");
    }
    if (from.isBlank()) {
      throw new IllegalArgumentException("from: who exposes " + metric + " is missing");
    }
  }

  /** What a person has to do to have it: Go code to paste, or words. */
  public String hint() {
    if (turnOn.isEmpty()) {
      return "it comes from " + from;
    }
    return from.startsWith("client_golang")
        ? "collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(" + turnOn + "))"
        : turnOn;
  }

  /** Whether the target writes it itself, on its own metrics page. */
  public boolean isOfTarget() {
    return from.startsWith("client_golang") || from.startsWith("opentelemetry");
  }

  /** Who exposes it, without a version. */
  public String library() {
    int space = from.indexOf(' ');
    return space < 0 ? from : from.substring(0, space);
  }

  /** False of what only some releases of a library expose: it is read, and nobody is sent there. */
  public boolean isCurrent() {
    return !isOfTarget() || library().equals(from);
  }
}
