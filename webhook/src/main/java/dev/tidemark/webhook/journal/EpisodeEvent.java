package dev.tidemark.webhook.journal;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to an episode itself (not to its playbook): for the timeline and the
 * audit.
 */
public record EpisodeEvent(String episode, Instant at, Kind kind, String text) implements Entry {

  /** What happened. */
  public enum Kind {
    OPENED,
    REOPENED,
    RESOLVED,
    EXPIRED,
    LATE_FIRING,
    LATE_RESOLVE,
    CANCELLED;

    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
