package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a receipt says of one alert, and the episode it counted for (null: a resolve of none). */
public record ReceiptAlert(
    Fingerprint fingerprint, AlertStatus status, Instant startsAt, @Nullable String episode) {}
