package dev.tidemark.webhook.journal;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a policy said, and why. Equal decisions that follow one another are stored once.
 *
 * @param policy which: {@code match}, {@code mode}, {@code freshness}, {@code cooldown}, {@code
 *     rate-limit} …
 * @param until for WAIT: when it is asked again
 */
public record Decision(
    String episode,
    Instant at,
    String policy,
    Verdict verdict,
    String reason,
    @Nullable Instant until)
    implements Entry {

  /** The answer. */
  public enum Verdict {
    RUN,
    WAIT,
    REFUSE;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
