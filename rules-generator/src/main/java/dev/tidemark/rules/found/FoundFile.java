package dev.tidemark.rules.found;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * The groups of a file and what of it is no rule file.
 *
 * @param problems what Prometheus would refuse, or what could not be read
 */
public record FoundFile(SpecText text, List<FoundGroup> groups, List<Problem> problems) {
  public FoundFile {
    groups = List.copyOf(groups);
    problems = List.copyOf(problems);
  }

  /** Whether it is a file of something else altogether. */
  public boolean isOther() {
    return groups.isEmpty()
        && problems.stream().anyMatch(p -> p.message().startsWith(RuleFileReader.NO_RULES));
  }

  /** Whether it is a specification, which has its own flag or verb. */
  public boolean isSpecification() {
    return problems.stream().anyMatch(p -> p.message().equals(RuleFileReader.IS_SPECIFICATION));
  }

  /** All rules in the order of the file. */
  public Stream<FoundRule> rules() {
    return groups.stream().flatMap(group -> group.rules().stream());
  }
}
