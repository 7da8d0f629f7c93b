package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/** What the output may cost. */
public record PolicySpec(
    @Nullable Placed<Integer> maxRules,
    @Nullable Placed<Integer> maxSeriesAdded,
    @Default("false") boolean requireTests) {}
