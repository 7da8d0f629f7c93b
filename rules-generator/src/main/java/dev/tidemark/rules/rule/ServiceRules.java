package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

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
   * @param ownTests of a user's own alert
   * @param settings its thresholds by name, and where each came from
   */
  public record TestedRule(
      Rule rule,
      List<Scenario> scenarios,
      List<Supplier<Story>> stories,
      Optional<CatalogueEntry> entry,
      Optional<Placed<String>> userExpr,
      List<OwnTest> ownTests,
      SortedMap<String, Setting> settings) {
    public TestedRule {
      scenarios = List.copyOf(scenarios);
      stories = List.copyOf(stories);
      ownTests = List.copyOf(ownTests);
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }
  }

  public ServiceRules {
    recordings = List.copyOf(recordings);
    rules = List.copyOf(rules);
  }
}
