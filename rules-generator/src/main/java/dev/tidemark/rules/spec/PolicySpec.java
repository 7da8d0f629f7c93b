package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/** What the output may cost. */
public record PolicySpec(
    @Nullable Placed<Integer> maxRules,
    @Nullable Placed<Integer> maxSeriesAdded,
    @Nullable Placed<Boolean> requireTests) {}
