package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Notification;
import java.time.Instant;

/**
 * A notification on its way into the journal.
 *
 * @param from who sent it: the remote address, and the user where one is known
 * @param body the request's raw body as text; the journal keeps at most its own bound of it
 */
public record Arrival(Instant receivedAt, String from, String body, Notification notification) {}
