package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/**
 * Where the dashboards go.
 *
 * @param folder a folder below {@code dashboards/}, which Grafana takes for its own
 * @param perTeam an overview for each team, beside that of the fleet
 */
public record DashboardsSpec(
    @Nullable Placed<String> folder, @Default("false") Placed<Boolean> perTeam) {}
