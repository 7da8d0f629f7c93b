package dev.tidemark.signals.signal;

/** The unit of a signal, in Prometheus' base units. */
public enum Unit {
  NONE(""),
  BYTES("bytes"),
  SECONDS("seconds"),
  RATIO("ratio");

  private final String suffix;

  Unit(String suffix) {
    this.suffix = suffix;
  }

  /** The last word of a metric name in this unit, empty where there is none. */
  public String suffix() {
    return suffix;
  }
}
