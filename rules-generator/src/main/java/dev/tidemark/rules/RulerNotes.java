package dev.tidemark.rules;

import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.TargetSpec;
import java.util.List;

/** What a ruler takes, but not as everybody expects. */
final class RulerNotes {
  /** {@code ruler_max_rules_per_rule_group} and {@code …_groups_per_tenant} unless changed. */
  private static final int MIMIR_RULES = 20;

  private static final int MIMIR_GROUPS = 70;

  /** Of services a warning is about. */
  private static final int MOST_NAMED = 10;

  private RulerNotes() {}

  static void tell(Model model, List<ServiceRules> services, Complaints complaints) {
    TargetSpec target = model.target();
    switch (target.output().value()) {
      case MIMIR -> {
        List<String> large =
            services.stream()
                .filter(s -> size(s) > MIMIR_RULES)
                .map(s -> s.service().name().value() + " has " + size(s))
                .toList();
        if (!large.isEmpty()) {
          complaints.warn(
              target.output(),
              "output: Mimir takes %d rules in a group unless ruler_max_rules_per_rule_group says more: %s"
                  .formatted(MIMIR_RULES, some(large)));
        }
        if (services.size() > MIMIR_GROUPS) {
          complaints.warn(
              target.output(),
              "output: there are %d groups, and Mimir takes %d a tenant unless ruler_max_rule_groups_per_tenant says more"
                  .formatted(services.size(), MIMIR_GROUPS));
        }
      }
      case VICTORIAMETRICS ->
          services.stream()
              .filter(s -> s.recordings().size() > 1)
              .findFirst()
              .ifPresent(
                  s ->
                      complaints.warn(
                          target.output(),
                          "output: vmalert stores what it records later than it reads it, so the"
                              + " recording rules of "
                              + s.service().name().value()
                              + " that read others see them an interval late"));
      case FILES, PROMETHEUS_RULE, THANOS -> {
        // as everybody expects, or told elsewhere
      }
    }
  }

  private static int size(ServiceRules service) {
    return service.recordings().size() + service.rules().size();
  }

  private static String some(List<String> all) {
    String first = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
    return all.size() > MOST_NAMED ? first + " and " + (all.size() - MOST_NAMED) + " more" : first;
  }
}
