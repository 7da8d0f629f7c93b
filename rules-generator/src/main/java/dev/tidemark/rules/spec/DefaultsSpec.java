package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What services and alerts need not say. {@code {alert}} in a runbook is the alert's name.
 *
 * @param queryOffset how long ago rules look, for samples that arrive late
 */
public record DefaultsSpec(
    @Default("30s") Placed<Duration> scrapeInterval,
    @Default("1m") Placed<Duration> groupInterval,
    @Default("15d") Placed<Duration> retention,
    @Default("0s") Placed<Duration> queryOffset,
    @Nullable Placed<String> runbook) {}
