package dev.tidemark.rules;

import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.rule.Setting;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** The thresholds of every alert with where each came from, and what teams can bear. */
final class LockFacts {
  private LockFacts() {}

  static Facts of(Model model, List<ServiceRules> services) {
    SortedMap<String, SortedMap<String, Object>> budgets = new TreeMap<>();
    model
        .routing()
        .teams()
        .forEach(
            team -> {
              SortedMap<String, Object> budget = new TreeMap<>();
              team.budget().forEach((severity, rate) -> budget.put(severity.label(), rate));
              if (!budget.isEmpty()) {
                budgets.put(team.name(), budget);
              }
            });
    SortedMap<String, SortedMap<String, Object>> thresholds = new TreeMap<>();
    for (ServiceRules service : services) {
      SortedMap<String, Object> alerts = new TreeMap<>();
      service.rules().forEach(rule -> alerts.put(name(rule.rule()), settings(rule)));
      if (!alerts.isEmpty()) {
        thresholds.put(service.service().team() + "/" + service.service().name().value(), alerts);
      }
    }
    SortedMap<String, SortedMap<String, SortedMap<String, Object>>> sections = new TreeMap<>();
    if (!budgets.isEmpty()) {
      sections.put("budgets", budgets);
    }
    if (!thresholds.isEmpty()) {
      sections.put("thresholds", thresholds);
    }
    return new Facts(sections);
  }

  private static String name(Rule rule) {
    return rule.alert() + " " + rule.labels().get("severity");
  }

  private static SortedMap<String, Object> settings(TestedRule rule) {
    SortedMap<String, Object> settings = new TreeMap<>();
    rule.settings().forEach((key, setting) -> settings.put(key, setting(setting)));
    return settings;
  }

  private static List<String> setting(Setting setting) {
    return List.of(setting.value(), setting.from().name().toLowerCase(Locale.ROOT));
  }
}
