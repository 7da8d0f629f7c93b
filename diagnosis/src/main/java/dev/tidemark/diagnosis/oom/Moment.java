package dev.tidemark.diagnosis.oom;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened.
 *
 * @param at null when no clock places it among the others
 * @param uptime seconds since the machine started
 * @param uncertainty seconds; how far it may be off, to both sides
 * @param clock which clock told it, and what had to be assumed
 */
record Moment(@Nullable Instant at, @Nullable Double uptime, double uncertainty, String clock) {
  static Moment unknown() {
    return new Moment(null, null, 0, "none");
  }
}
