package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.DashboardsSpec;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A specification that holds together.
 *
 * @param target the releases the rules are for
 * @param maxRules more rules than these are refused
 * @param warnings what was read and is not used
 */
public record Model(
    TargetSpec target,
    Settings settings,
    List<Service> services,
    Routing routing,
    DashboardsSpec dashboards,
    Optional<Placed<Integer>> maxRules,
    List<Problem> warnings) {
  public Model {
    services = List.copyOf(services);
    warnings = List.copyOf(warnings);
  }
}
