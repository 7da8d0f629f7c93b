package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.EpisodeOutcome;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.step.Step;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends executions: at once, or by putting back and telling people first. */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final Journal journal;
  private final DispatchMetrics metrics;
  private final CrashHook crash;

  Ending(Journal journal, DispatchMetrics metrics, CrashHook crash) {
    this.journal = journal;
    this.metrics = metrics;
    this.crash = crash;
  }

  /** After this nothing more happens. */
  void finish(Run run, Outcome outcome, String text, Instant now) {
    boolean escalated =
        journal.steps(run.episode().id()).stream()
            .anyMatch(
                step ->
                    step.phase() == StepPhase.ESCALATE
                        && (step.state() == StepState.OK || step.state() == StepState.UNKNOWN));
    Execution finished = run.execution().with(outcome, text).finished(now);
    crash.reached(CrashPoint.FINISH_BEFORE_COMMIT);
    journal.commit(
        finished,
        new EpisodeOutcome(run.episode().id(), run.playbook().name(), outcome, text, escalated));
    crash.reached(CrashPoint.FINISH_AFTER_COMMIT);
    metrics.ended(outcome);
    LOG.atInfo()
        .addKeyValue("episode", run.episode().id())
        .addKeyValue("alertname", run.episode().alertname())
        .addKeyValue("playbook", run.playbook().name())
        .addKeyValue("target", run.execution().target())
        .addKeyValue("outcome", outcome.text())
        .addKeyValue("escalated", escalated)
        .addKeyValue("reason", text)
        .log("episode ended");
  }

  /**
   * Something went wrong: put back what was changed, if the playbook says how, then tell people.
   */
  void fail(Run run, Outcome outcome, String text, Instant now) {
    if (!run.list(StepPhase.ROLLBACK).isEmpty() && hasChanged(run)) {
      move(run, ExecutionState.ROLLING_BACK, outcome, text, now);
    } else {
      escalate(run, outcome, text, now);
    }
  }

  /** Tell people, then end. */
  void escalate(Run run, Outcome outcome, String text, Instant now) {
    if (run.list(StepPhase.ESCALATE).isEmpty()) {
      finish(run, outcome, text, now);
    } else {
      move(run, ExecutionState.ESCALATING, outcome, text, now);
    }
  }

  private void move(Run run, ExecutionState state, Outcome outcome, String text, Instant now) {
    journal.commit(
        run.execution().in(state, 0, now).with(outcome, text),
        new EpisodeOutcome(run.episode().id(), run.playbook().name(), outcome, text, false));
  }

  private boolean hasChanged(Run run) {
    List<StepRecord> steps = journal.steps(run.episode().id());
    for (StepRecord record : steps) {
      if (record.phase() == StepPhase.STEPS) {
        Step step = run.setup().steps().of(run.list(StepPhase.STEPS).get(record.index()));
        if (step.changesTarget() && record.state() != StepState.SKIPPED) {
          return true;
        }
      }
    }
    return false;
  }
}
