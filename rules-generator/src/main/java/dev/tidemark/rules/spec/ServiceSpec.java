package dev.tidemark.rules.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service, which of Prometheus' series are its own, and its alerts. */
public record ServiceSpec(
    Placed<String> name,
    Placed<String> team,
    @Default("{}") Placed<Map<String, String>> selector,
    @Nullable List<Placed<String>> identity,
    @Nullable Placed<JsonNode> fleet,
    @Nullable Placed<ByteSize> memoryLimit,
    @Nullable Placed<String> requests,
    @Default("[]") List<AlertSpec> alerts) {}
