package dev.tidemark.webhook.journal;

import java.time.Instant;

/**
 * Whether acting is paused, since when, by whom and why. Notifications are journalled all the same.
 */
public record Pause(boolean paused, Instant since, String by, String reason) {}
