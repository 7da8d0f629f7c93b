package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An HTTP receiver: an address, or a file Alertmanager reads it from. */
public record WebhookSpec(
    Place place,
    @Nullable Placed<URI> url,
    @Nullable Placed<String> urlFile,
    @Default("true") boolean sendResolved,
    @Default("0") Placed<Integer> maxAlerts,
    @Nullable HttpConfigSpec httpConfig) {}
