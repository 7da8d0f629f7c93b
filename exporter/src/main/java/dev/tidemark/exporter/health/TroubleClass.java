package dev.tidemark.exporter.health;

import java.util.Locale;

/**
 * What can ail a target; the closed set of the label {@code class}. Checkpoints know a class by its
 * place here, so a new one is added at the end and none is moved.
 */
public enum TroubleClass {
  GOROUTINE_LEAK,
  HEAP_LEAK,
  OFF_HEAP_GROWTH,
  RUNTIME_OVERHEAD,
  FRAGMENTATION,
  LIMIT_TOO_LOW_FOR_STARTUP,
  GC_THRASH,
  CPU_MISMATCH,
  SIDECAR_CONTENTION,
  NODE_PRESSURE;

  /** As it stands in the label and in the configuration. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
