package dev.tidemark.webhook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What diagnosis concludes from an episode's evidence.
 *
 * @param verdict {@code leak}, {@code suspect} or {@code normal}
 * @param function where it blocks, null when not known
 * @param text one sentence for a person, function and line included
 * @param report the whole report, as JSON
 */
public record Finding(
    String episode,
    String step,
    Instant at,
    String evidence,
    String verdict,
    @Nullable String function,
    @Nullable String file,
    int line,
    String reason,
    String text,
    String report)
    implements Entry {}
