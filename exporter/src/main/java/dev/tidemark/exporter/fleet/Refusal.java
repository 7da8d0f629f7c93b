package dev.tidemark.exporter.fleet;

/** Why a series is not judged. */
public enum Refusal {
  /** There are as many series as the configuration allows. */
  TOTAL,
  /** The workload has as many targets as the configuration allows. */
  WORKLOAD,
  /** Another target shows the same labels, because labels were dropped that told them apart. */
  SAME_LABELS;

  /** The value of the label {@code reason}. */
  public String label() {
    return switch (this) {
      case TOTAL -> "total";
      case WORKLOAD -> "workload";
      case SAME_LABELS -> "same_labels";
    };
  }
}
