package dev.tidemark.webhook.step;

import dev.tidemark.webhook.playbook.StepSpec;

/** Makes the step of a specification. */
public interface Steps {
  Step of(StepSpec spec);
}
