package dev.tidemark.rules.model;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is only read, so that all of it is told at once. */
public final class Complaints {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  public void add(Placed<?> where, String message) {
    problems.add(where.problem(message));
  }

  public void add(Place where, String message) {
    problems.add(new Problem(where, message));
  }

  public void warn(Placed<?> where, String message) {
    warn(where.place(), message);
  }

  public void warn(Place where, String message) {
    warnings.add(new Problem(where, message));
  }

  /** What others collected, behind what is here. */
  public void addAll(Complaints others) {
    problems.addAll(others.problems);
    warnings.addAll(others.warnings);
  }

  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public List<Problem> warnings() {
    return warnings.stream().sorted().toList();
  }
}
