package dev.tidemark.rules.tune;

import dev.tidemark.rules.spec.Rate;
import java.util.List;

/**
 * Alerts that use one budget together.
 *
 * @param name of the budget, for people: {@code warning of pay}
 */
public record Pool(String name, Rate budget, List<Subject> subjects) {
  public Pool {
    subjects = List.copyOf(subjects);
  }
}
