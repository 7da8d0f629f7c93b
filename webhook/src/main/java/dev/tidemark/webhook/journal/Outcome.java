package dev.tidemark.webhook.journal;

import java.util.Locale;

/** What came of an episode. */
public enum Outcome {
  /** No playbook matches: journalled and shown, nothing else. */
  NO_PLAYBOOK,
  /**
   * The playbook is in mode dry-run: the plan and its decisions are recorded, nothing was touched.
   */
  DRY_RUN,
  /** A policy said no; the decision holds the reason. */
  REFUSED,
  /** The alert resolved before anything was done. */
  RESOLVED,
  /** The steps ran; whether they helped is not known yet. The only outcome that still changes. */
  RESET,
  /** The steps ran and nothing was to be verified. */
  DONE,
  /** Verified: the signal no longer grows, or every check succeeded. */
  CURED,
  /** Verified: it grows again; the text says when the level before is reached. */
  RECURS,
  /** The steps ran, but nothing proves that they helped (no data, or the target is gone). */
  INCONCLUSIVE,
  /** A step or a check failed. */
  FAILED,
  /** A step's effect cannot be told: a person has to look. */
  UNKNOWN;

  /** As in the API: {@code dry-run}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** False only for {@link #RESET}. */
  public boolean isFinal() {
    return this != RESET;
  }
}
