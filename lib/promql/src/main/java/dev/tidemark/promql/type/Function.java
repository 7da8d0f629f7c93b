package dev.tidemark.promql.type;

import java.util.List;

/**
 * A function of PromQL.
 *
 * @param arguments types in order; the last one repeats when there may be more
 * @param least how many must be given
 * @param most how many may be given
 * @param since the first release of Prometheus that has it, 2.0 for the old ones; for experimental
 *     ones a release that has it
 * @param experimental needs {@code --enable-feature=promql-experimental-functions}, as far as 3.14
 */
public record Function(
    String name,
    List<ValueType> arguments,
    int least,
    int most,
    ValueType result,
    String since,
    boolean experimental) {

  public Function {
    arguments = List.copyOf(arguments);
  }

  /** The type of the argument at an index. */
  public ValueType argument(int index) {
    return arguments.get(Math.min(index, arguments.size() - 1));
  }
}
