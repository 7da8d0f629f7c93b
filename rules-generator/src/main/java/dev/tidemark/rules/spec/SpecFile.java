package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file of a specification; of several files only one may say what holds for all. */
public record SpecFile(
    Placed<String> apiVersion,
    @Nullable Placed<TargetSpec> target,
    @Nullable Placed<DefaultsSpec> defaults,
    @Nullable Placed<RoutingSpec> routing,
    @Default("[]") List<TeamSpec> teams,
    @Default("[]") List<ReceiverSpec> receivers,
    @Default("[]") List<ServiceSpec> services,
    @Default("[]") List<InhibitSpec> inhibit,
    @Default("[]") List<TimeIntervalSpec> timeIntervals,
    @Nullable Placed<DashboardsSpec> dashboards,
    @Nullable Placed<KubernetesSpec> kubernetes,
    @Nullable Placed<PolicySpec> policy) {}
