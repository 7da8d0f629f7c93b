package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one service.
 *
 * @param recordings in the order they must be evaluated, before the alerts
 * @param rules in the order the alerts were asked for
 */
public record ServiceRules(Service service, List<Recording> recordings, List<TestedRule> rules) {
  /**
   * A rule and the scenarios it is tested with.
   *
   * @param entry of the catalogue, where it is of it
   * @param userExpr the user's own expression, where it is one
   */
  public record TestedRule(
      Rule rule,
      List<Scenario> scenarios,
      List<Story> stories,
      Optional<CatalogueEntry> entry,
      Optional<Placed<String>> userExpr) {
    public TestedRule {
      scenarios = List.copyOf(scenarios);
      stories = List.copyOf(stories);
    }
  }

  public ServiceRules {
    recordings = List.copyOf(recordings);
    rules = List.copyOf(rules);
  }
}
