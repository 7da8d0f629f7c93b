package dev.tidemark.rules.spec;

import java.util.Locale;

/** How urgent an alert is. */
public enum Severity {
  /** Somebody is woken. */
  CRITICAL,
  /** Somebody looks during the day, or the webhook acts. */
  WARNING,
  INFO,
  /** Nobody: a heartbeat that always fires. */
  NONE;

  /** The value of the label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
