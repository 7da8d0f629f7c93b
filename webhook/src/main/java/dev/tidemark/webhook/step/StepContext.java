package dev.tidemark.webhook.step;

import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a step works with.
 *
 * @param stepId unique and the same at every attempt: the key by which others know a repeat
 * @param number of the step in its list, from 0
 * @param evidence captured so far, the oldest first
 * @param now when this attempt began
 * @param time how long this attempt may take
 */
public record StepContext(
    String stepId,
    int number,
    Episode episode,
    StaticTarget target,
    Values values,
    List<Evidence> evidence,
    List<Finding> findings,
    Instant now,
    Duration time) {
  public StepContext {
    evidence = List.copyOf(evidence);
    findings = List.copyOf(findings);
  }
}
