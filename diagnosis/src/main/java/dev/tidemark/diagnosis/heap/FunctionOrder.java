package dev.tidemark.diagnosis.heap;

import java.util.Comparator;

/** How {@code go tool pprof -top} lists functions: the largest change first, whatever its sign. */
final class FunctionOrder {
  static final Comparator<HeapReport.FunctionDelta> AS_PPROF =
      Comparator.comparingLong((HeapReport.FunctionDelta f) -> Math.abs(f.flatDelta()))
          .thenComparingLong(f -> Math.abs(f.cumDelta()))
          .reversed()
          .thenComparing(HeapReport.FunctionDelta::function);

  private FunctionOrder() {}
}
