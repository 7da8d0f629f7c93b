package dev.tidemark.rules.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/** Who owns services, and where their alerts go. */
public record TeamSpec(
    Placed<String> name, Placed<String> receiver, @Nullable Placed<JsonNode> alertBudget) {}
