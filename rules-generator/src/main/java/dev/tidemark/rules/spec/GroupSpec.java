package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the group of a service's rules says for itself.
 *
 * @param interval how often it is evaluated; null: as {@code defaults.groupInterval} says
 * @param queryOffset how long ago its rules look; null: as {@code defaults.queryOffset} says
 * @param limit how many alerts or series one rule may make; one that makes more fails; 0: any
 *     number
 */
public record GroupSpec(
    @Nullable Placed<Duration> interval,
    @Nullable Placed<Duration> queryOffset,
    @Nullable Placed<Integer> limit) {}
