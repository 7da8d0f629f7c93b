package dev.tidemark.diagnosis.heap;

import java.util.List;

/** A stack, innermost frame first, and what it held before and after. */
public record StackSum(List<Frame> stack, long base, long target) {
  public StackSum {
    stack = List.copyOf(stack);
  }
}
