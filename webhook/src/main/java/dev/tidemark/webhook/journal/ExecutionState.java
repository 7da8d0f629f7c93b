package dev.tidemark.webhook.journal;

import java.util.Locale;

/** Where the one run of a playbook for an episode stands. */
public enum ExecutionState {
  /** Planned; policies decide when, or whether, it runs. */
  PLANNED,
  /** As planned, but waits for a person (mode approve). */
  WAITING_APPROVAL,
  /** Its steps run, one after the other. */
  RUNNING,
  /** All steps ran; the checks run. */
  VERIFYING,
  /** A step or check failed: what onFailure.rollback lists runs. */
  ROLLING_BACK,
  /** What onFailure.escalate lists runs. */
  ESCALATING,
  /** Nothing more will happen. */
  FINISHED;

  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
