package dev.tidemark.webhook.policy;

/**
 * What a server said when asked whether the alert still fires.
 *
 * @param by {@code alertmanager} or {@code prometheus}
 * @param text what exactly, for the reason
 */
public record Seen(String by, State state, String text) {

  /** The answer. */
  public enum State {
    FIRING,
    /** Fires, but is silenced or inhibited there. */
    SUPPRESSED,
    NOT_FIRING,
    /** No usable answer. */
    UNKNOWN
  }
}
