package dev.tidemark.toolkit.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration, sorted by place; never empty. */
public final class ProblemsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ProblemsException(List<Problem> problems) {
    super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("needs at least one problem");
    }
    this.problems = problems.stream().sorted().toList();
  }

  public ProblemsException(Place place, String message) {
    this(List.of(new Problem(place, message)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
