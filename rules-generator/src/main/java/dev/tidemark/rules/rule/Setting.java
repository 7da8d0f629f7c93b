package dev.tidemark.rules.rule;

/**
 * A threshold of an alert and where it came from.
 *
 * @param value as a specification would say it
 */
public record Setting(String value, From from) {
  /** Who said it. */
  public enum From {
    /** The catalogue. */
    DEFAULT,
    /** The alert in the specification. */
    SPEC,
    /** The service, as its memory limit. */
    SERVICE
  }
}
