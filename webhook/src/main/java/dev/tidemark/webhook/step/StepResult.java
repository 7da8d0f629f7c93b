package dev.tidemark.webhook.step;

import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Finding;
import java.util.List;

/**
 * What came of a step.
 *
 * @param text one sentence
 */
public record StepResult(
    Status status, String text, List<Evidence> evidence, List<Finding> findings) {

  /** How it went. */
  public enum Status {
    OK,
    FAILED,
    /** The effect may or may not have happened: it has to be settled. */
    UNSETTLED
  }

  public StepResult {
    evidence = List.copyOf(evidence);
    findings = List.copyOf(findings);
  }

  public static StepResult ok(String text) {
    return new StepResult(Status.OK, text, List.of(), List.of());
  }

  public static StepResult failed(String text) {
    return new StepResult(Status.FAILED, text, List.of(), List.of());
  }

  public static StepResult unsettled(String text) {
    return new StepResult(Status.UNSETTLED, text, List.of(), List.of());
  }

  public StepResult with(List<Evidence> captured) {
    return new StepResult(status, text, captured, findings);
  }

  public StepResult found(List<Finding> concluded) {
    return new StepResult(status, text, evidence, concluded);
  }
}
