package dev.tidemark.diagnosis.goroutine;

import java.util.List;

/**
 * What a dump holds.
 *
 * @param form how it was written
 * @param goroutines how many it lists, those beyond the limits on groups included
 * @param truncated whether it or our reading of it ends before its end
 * @param repeated how often a goroutine came again (several dumps in one file); counted once
 * @param groups largest first
 */
public record GoroutineDump(
    Form form, long goroutines, boolean truncated, long repeated, List<StackGroup> groups) {
  /** How a dump is written. */
  public enum Form {
    /** A stack for each goroutine: debug=2, SIGQUIT, a panic. */
    STACKS,
    /** A count for each distinct stack: debug=1. It tells neither ages nor creators. */
    COUNTS
  }

  public GoroutineDump {
    groups = List.copyOf(groups);
  }
}
