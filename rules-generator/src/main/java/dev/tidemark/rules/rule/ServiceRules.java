package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Optional;

/** The rules of one service, in the order its alerts were asked for. */
public record ServiceRules(Service service, List<TestedRule> rules) {
  /**
   * A rule and the scenarios it is tested with.
   *
   * @param userExpr the user's own expression, which nobody has parsed yet
   */
  public record TestedRule(Rule rule, List<Scenario> scenarios, Optional<Placed<String>> userExpr) {
    public TestedRule {
      scenarios = List.copyOf(scenarios);
    }
  }

  public ServiceRules {
    rules = List.copyOf(rules);
  }
}
