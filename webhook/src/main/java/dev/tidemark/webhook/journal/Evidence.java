package dev.tidemark.webhook.journal;

import java.time.Instant;

/**
 * A file captured before the target was touched.
 *
 * @param name of the file inside the episode's folder: letters, digits, {@code . _ -} only
 * @param sha256 in hex
 */
public record Evidence(
    String episode,
    String step,
    String name,
    String contentType,
    long bytes,
    String sha256,
    Instant at)
    implements Entry {}
