package dev.tidemark.webhook.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Our own times are kept to the millisecond; what alerts say is kept as said. */
final class Times {
  private Times() {}

  static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
