package dev.tidemark.webhook.journal;

import java.util.Locale;

/** Which list of the playbook a step stands in. */
public enum StepPhase {
  STEPS,
  VERIFY,
  ROLLBACK,
  ESCALATE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
