package dev.tidemark.diagnosis.pprof;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One stack and what was counted there, a value for each of the profile's sample types. */
public final class Sample {
  private final List<Location> stack;
  private final long[] values;
  private final List<Label> labels;

  /** Takes over the arrays. */
  Sample(Location[] stack, long[] values, List<Label> labels) {
    this.stack = Collections.unmodifiableList(Arrays.asList(stack));
    this.values = values;
    this.labels = labels;
  }

  public Sample(List<Location> stack, long[] values, List<Label> labels) {
    this(stack.toArray(Location[]::new), values.clone(), List.copyOf(labels));
  }

  /** Innermost frame first. */
  public List<Location> stack() {
    return stack;
  }

  /** How many values there are. */
  public int size() {
    return values.length;
  }

  public long value(int index) {
    return values[index];
  }

  public List<Label> labels() {
    return labels;
  }
}
