package dev.tidemark.webhook.step;

/** One action. Stateless; blocks; called by one thread for one execution at a time. */
public interface Step {

  /**
   * What it is about to do, in one sentence without secrets; MissingValueException when a label is
   * absent.
   */
  String intent(StepContext context);

  /** Whether it changes the target: then everything is confirmed once more before it. */
  boolean changesTarget();

  /** Does it. Its intent is on disk. */
  StepResult run(StepContext context);

  /**
   * Finds out what became of an intent without outcome, by looking at the world; never by doing it
   * again.
   */
  Settlement settle(StepContext context);
}
