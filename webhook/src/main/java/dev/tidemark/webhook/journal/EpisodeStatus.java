package dev.tidemark.webhook.journal;

import java.util.Locale;

/** Where an episode stands. */
public enum EpisodeStatus {
  /** Firing as far as we were told. */
  FIRING,
  /** Closed by a resolve. */
  RESOLVED,
  /** Closed because nothing was heard of it for too long, or Alertmanager no longer has it. */
  EXPIRED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
