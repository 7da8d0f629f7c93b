package dev.tidemark.rules.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert of the catalogue ({@code use}), or a user's own ({@code name} and {@code expr}). */
public record AlertSpec(
    Place place,
    @Nullable Placed<String> use,
    @Default("{}") Map<String, Placed<JsonNode>> with,
    @Nullable Placed<String> name,
    @Nullable Placed<String> expr,
    @Nullable Placed<Engine> engine,
    @Nullable Severity severity,
    @Key("for") @Nullable Placed<Duration> forDuration,
    @Nullable Placed<Duration> keepFiringFor,
    @Default("{}") Map<String, Placed<String>> labels,
    @Default("{}") Map<String, Placed<String>> annotations,
    @Nullable Placed<String> runbook,
    @Default("[]") List<TestSpec> tests) {}
