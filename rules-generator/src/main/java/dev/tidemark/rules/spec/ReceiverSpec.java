package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Placed;
import org.jspecify.annotations.Nullable;

/** Where Alertmanager sends; without a webhook: nowhere. */
public record ReceiverSpec(Placed<String> name, @Nullable WebhookSpec webhook) {}
