package dev.tidemark.rules.model;

import dev.tidemark.toolkit.yaml.Placed;
import java.util.Optional;

/**
 * What the rules may cost and must have.
 *
 * @param maxRules more rules than these are refused
 * @param maxSeriesAdded more series than these, of recording rules and of alerts, are refused
 * @param requireTests whether users' own alerts need tests
 */
public record Policy(
    Optional<Placed<Integer>> maxRules,
    Optional<Placed<Integer>> maxSeriesAdded,
    boolean requireTests) {}
