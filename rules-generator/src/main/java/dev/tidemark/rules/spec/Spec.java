package dev.tidemark.rules.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All files of a specification as one; what no file said has its default. */
public record Spec(
    TargetSpec target,
    DefaultsSpec defaults,
    RoutingSpec routing,
    List<TeamSpec> teams,
    List<ReceiverSpec> receivers,
    List<ServiceSpec> services,
    List<InhibitSpec> inhibit,
    List<Placed<JsonNode>> dashboards,
    @Nullable PolicySpec policy) {}
