package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/** Where Alertmanager sends. */
public record ReceiverSpec(Place place, Placed<String> name, @Nullable WebhookSpec webhook) {}
