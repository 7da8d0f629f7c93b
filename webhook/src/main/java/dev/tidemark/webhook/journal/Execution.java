package dev.tidemark.webhook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run of a playbook for an episode: at most one an episode.
 *
 * @param planHash SHA-256 of the plan: what an approval is bound to
 * @param plan the whole plan, as JSON: steps with every value filled in
 * @param mode {@code dry-run}, {@code approve} or {@code auto}
 * @param target what it acts on: the name from the configuration
 * @param wakeAt when dispatch looks at it next; null when finished
 * @param step index of the step it stands at
 * @param startedAt when its first step was allowed to run; null before
 * @param actedAt when its last step ended; null before
 * @param outcome null until known
 * @param progress what was measured and counted so far, as JSON
 */
public record Execution(
    String id,
    String episode,
    String playbook,
    String planHash,
    String plan,
    String mode,
    String target,
    String workload,
    ExecutionState state,
    Instant createdAt,
    @Nullable Instant wakeAt,
    int step,
    @Nullable Instant startedAt,
    @Nullable Instant actedAt,
    @Nullable Instant finishedAt,
    @Nullable Outcome outcome,
    String outcomeText,
    String progress)
    implements Entry {

  /** In a state, at a step of it, to be looked at again at a time. */
  public Execution in(ExecutionState next, int stepOfIt, Instant wake) {
    return copy(next, wake, stepOfIt, startedAt, actedAt, null, outcome, outcomeText, progress);
  }

  /** To be looked at again at a time. */
  public Execution wakeAt(Instant wake) {
    return copy(state, wake, step, startedAt, actedAt, finishedAt, outcome, outcomeText, progress);
  }

  public Execution withProgress(String newest) {
    return copy(state, wakeAt, step, startedAt, actedAt, finishedAt, outcome, outcomeText, newest);
  }

  public Execution started(Instant at) {
    return copy(state, wakeAt, step, at, actedAt, finishedAt, outcome, outcomeText, progress);
  }

  public Execution acted(Instant at) {
    return copy(state, wakeAt, step, startedAt, at, finishedAt, outcome, outcomeText, progress);
  }

  public Execution with(Outcome newest, String text) {
    return copy(state, wakeAt, step, startedAt, actedAt, finishedAt, newest, text, progress);
  }

  public Execution finished(Instant at) {
    return copy(
        ExecutionState.FINISHED,
        null,
        step,
        startedAt,
        actedAt,
        at,
        outcome,
        outcomeText,
        progress);
  }

  private Execution copy(
      ExecutionState newState,
      @Nullable Instant wake,
      int newStep,
      @Nullable Instant started,
      @Nullable Instant acted,
      @Nullable Instant finished,
      @Nullable Outcome newOutcome,
      String newText,
      String newProgress) {
    return new Execution(
        id,
        episode,
        playbook,
        planHash,
        plan,
        mode,
        target,
        workload,
        newState,
        createdAt,
        wake,
        newStep,
        started,
        acted,
        finished,
        newOutcome,
        newText,
        newProgress);
  }
}
