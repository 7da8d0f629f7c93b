package dev.tidemark.promql.type;

import java.util.List;

/**
 * A function of PromQL.
 *
 * @param arguments types in order; the last one repeats when there may be more
 * @param least how many must be given
 * @param most how many may be given
 * @param feature since which release, until which, and the flag it needs
 */
public record Function(
    String name,
    List<ValueType> arguments,
    int least,
    int most,
    ValueType result,
    Feature feature) {

  public Function {
    arguments = List.copyOf(arguments);
  }

  /** The type of the argument at an index. */
  public ValueType argument(int index) {
    return arguments.get(Math.min(index, arguments.size() - 1));
  }

  /** The first release that has it; 2.0 for all that were there before. */
  public String since() {
    return feature.since().toString();
  }

  /** Whether no release so far has it without {@code --enable-feature}. */
  public boolean experimental() {
    return feature.experimental();
  }
}
