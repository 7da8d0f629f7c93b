package dev.tidemark.webhook.journal;

import java.util.Locale;

/** How far a step is. */
public enum StepState {
  /** Intended, on disk; its effect may or may not have happened. */
  INTENDED,
  OK,
  FAILED,
  /** Not run, with the reason: the alert resolved, or the playbook stopped before. */
  SKIPPED,
  /** Its effect cannot be told. */
  UNKNOWN;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
