package dev.tidemark.rules;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.List;

/** A problem of a specification as JSON. */
record ToldProblem(String file, int line, int column, String message) {
  static List<ToldProblem> all(List<Problem> problems) {
    return problems.stream().map(ToldProblem::of).toList();
  }

  private static ToldProblem of(Problem problem) {
    Place place = problem.place();
    return new ToldProblem(place.file(), place.line(), place.column(), problem.message());
  }
}
