package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Alertmanager groups and repeats.
 *
 * @param receiver who gets alerts of no team of this specification; default: the first receiver
 */
public record RoutingSpec(
    @Default("[alertname, namespace, workload]") List<Placed<String>> groupBy,
    @Default("30s") Placed<Duration> groupWait,
    @Default("5m") Placed<Duration> groupInterval,
    @Default("3h") Placed<Duration> repeatInterval,
    @Nullable Placed<String> receiver) {}
