package dev.tidemark.rules.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All files of a specification as one; what no file said has its default.
 *
 * @param isWhole whether all of it could be read; else it is only for finding more problems, and
 *     what it names may be missing
 * @param knowsNames whether all teams, receivers and time intervals could be read
 */
public record Spec(
    TargetSpec target,
    DefaultsSpec defaults,
    RoutingSpec routing,
    List<TeamSpec> teams,
    List<ReceiverSpec> receivers,
    List<ServiceSpec> services,
    List<InhibitSpec> inhibit,
    List<TimeIntervalSpec> timeIntervals,
    DashboardsSpec dashboards,
    KubernetesSpec kubernetes,
    @Nullable PolicySpec policy,
    boolean isWhole,
    boolean knowsNames) {}
