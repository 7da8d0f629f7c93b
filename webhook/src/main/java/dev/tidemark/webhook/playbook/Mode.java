package dev.tidemark.webhook.playbook;

import java.util.Locale;

/** How far a playbook may go by itself. */
public enum Mode {
  /** Plans and decides, touches nothing. */
  DRY_RUN,
  /** Acts once a person has approved this very plan. */
  APPROVE,
  /** Acts. */
  AUTO;

  /** As in YAML: {@code dry-run}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
