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

  private RulerNotes() {}

  static void tell(Model model, List<ServiceRules> services, Complaints complaints) {
    TargetSpec target = model.target();
    switch (target.output().value()) {
      case MIMIR -> {
        services.stream()
            .filter(s -> s.recordings().size() + s.rules().size() > MIMIR_RULES)
            .findFirst()
            .ifPresent(
                s ->
                    complaints.warn(
                        target.output(),
                        "output: %s has %d rules in a group, and Mimir takes %d unless ruler_max_rules_per_rule_group says more"
                            .formatted(
                                s.service().name().value(),
                                s.recordings().size() + s.rules().size(),
                                MIMIR_RULES)));
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
}
