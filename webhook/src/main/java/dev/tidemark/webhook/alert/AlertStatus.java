package dev.tidemark.webhook.alert;

import java.util.Locale;

/** Whether an alert (or a whole group: firing if any alert of it fires) fires. */
public enum AlertStatus {
  FIRING,
  RESOLVED;

  /** The word Alertmanager uses: {@code firing}, {@code resolved}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
