package dev.tidemark.rules.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All files of a specification as one; what no file said has its default. */
public record Spec(
    TargetSpec target,
    DefaultsSpec defaults,
    RoutingSpec routing,
    List<TeamSpec> teams,
    List<ReceiverSpec> receivers,
    List<ServiceSpec> services,
    List<InhibitSpec> inhibit,
    DashboardsSpec dashboards,
    @Nullable PolicySpec policy) {}
