package dev.tidemark.rules.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.TestSpec;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An alert a service asked for.
 *
 * @param use the id in the catalogue; empty for a user's own
 * @param name a user's own name; empty: the catalogue's
 * @param expr a user's own expression; empty: the catalogue's
 * @param with parameters of the catalogue's alert
 * @param annotations a user's own, templates and all
 * @param tests of a user's own alert
 */
public record Alert(
    Place place,
    Optional<Placed<String>> use,
    Optional<Placed<String>> name,
    Optional<Placed<String>> expr,
    Map<String, Placed<JsonNode>> with,
    Engine engine,
    Optional<Severity> severity,
    Optional<Duration> forDuration,
    Optional<Duration> keepFiringFor,
    Map<String, Placed<String>> labels,
    Map<String, Placed<String>> annotations,
    Optional<Placed<String>> runbook,
    List<TestSpec> tests) {}
