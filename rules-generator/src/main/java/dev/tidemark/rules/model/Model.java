package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.DashboardsSpec;
import dev.tidemark.rules.spec.KubernetesSpec;
import dev.tidemark.rules.spec.TargetSpec;
import java.util.List;

/**
 * A specification that holds together.
 *
 * @param target the releases the rules are for
 * @param kubernetes how objects look, where the output is such
 * @param policy what the rules may cost and must have
 */
public record Model(
    TargetSpec target,
    Settings settings,
    List<Service> services,
    Routing routing,
    DashboardsSpec dashboards,
    KubernetesSpec kubernetes,
    Policy policy) {
  public Model {
    services = List.copyOf(services);
  }

  /** The same with one service alone. */
  public Model only(Service service) {
    return new Model(target, settings, List.of(service), routing, dashboards, kubernetes, policy);
  }
}
