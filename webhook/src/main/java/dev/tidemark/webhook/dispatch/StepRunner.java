package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Entry;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.playbook.MissingValueException;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the step an execution stands at: intent on disk, effect, outcome on disk. An intent without
 * outcome is settled, never run again blindly.
 */
final class StepRunner {

  /** Times an effect is begun at most; a step that is interrupted more often is left to people. */
  static final int MOST_ATTEMPTS = 3;

  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

  private final Journal journal;
  private final InstantSource clock;
  private final DispatchMetrics metrics;
  private final CrashHook crash;
  private volatile boolean abandoned;

  StepRunner(Journal journal, InstantSource clock, DispatchMetrics metrics, CrashHook crash) {
    this.journal = journal;
    this.clock = clock;
    this.metrics = metrics;
    this.crash = crash;
  }

  /** From now on no failure is written: that of a step that was interrupted is our own doing. */
  void abandon() {
    abandoned = true;
  }

  /** The record of the step the execution stands at, if it was intended already. */
  Optional<StepRecord> record(Run run, StepPhase phase) {
    String id = run.stepId(phase, run.execution().step());
    return journal.steps(run.episode().id()).stream()
        .filter(record -> record.id().equals(id))
        .findFirst();
  }

  Step step(Run run, StepPhase phase) {
    return run.setup().steps().of(spec(run, phase));
  }

  /**
   * Brings the step forward.
   *
   * @param mayRepeat asked before an effect that has not happened is begun again; when it says no
   *     it has seen to what becomes of the execution
   * @return its state now: INTENDED when it is not settled yet and the execution waits
   */
  StepRecord run(Run run, StepPhase phase, Optional<StepRecord> before, Predicate<Run> mayRepeat) {
    Step step = step(run, phase);
    StepContext context = context(run, phase);
    if (before.isEmpty()) {
      return begin(run, phase, step, context, null);
    }
    StepRecord record = before.get();
    if (record.state() != StepState.INTENDED) {
      return record;
    }
    return settle(run, phase, step, context, record, mayRepeat);
  }

  private StepRecord begin(
      Run run, StepPhase phase, Step step, StepContext context, @Nullable StepRecord earlier) {
    String text;
    try {
      text = step.intent(context);
    } catch (MissingValueException e) {
      StepRecord nothing = intent(run, phase, context, "nothing", earlier);
      return end(run, nothing, StepResult.failed(String.valueOf(e.getMessage())));
    }
    StepRecord intended = intent(run, phase, context, text, earlier);
    crash.reached(CrashPoint.INTENT_BEFORE_COMMIT);
    journal.commit(intended);
    crash.reached(CrashPoint.INTENT_AFTER_COMMIT);
    StepResult result = step.run(context);
    crash.reached(CrashPoint.EFFECT_AFTER);
    if (abandoned && result.status() != StepResult.Status.OK) {
      throw new JournalException(
          JournalException.Reason.CLOSED,
          "the program ends; the step is settled at the next start");
    }
    if (result.status() != StepResult.Status.UNSETTLED) {
      return end(run, intended, result);
    }
    Instant now = clock.instant();
    StepRecord doubtful = told(intended, result.text());
    journal.commit(doubtful, later(run, phase, now, now));
    return doubtful;
  }

  private StepRecord settle(
      Run run,
      StepPhase phase,
      Step step,
      StepContext context,
      StepRecord record,
      Predicate<Run> mayRepeat) {
    Instant now = clock.instant();
    Settlement settlement = step.settle(context);
    if (settlement instanceof Settlement.Ended ended) {
      return end(run, record, ended.result());
    }
    if (settlement instanceof Settlement.Unknown unknown) {
      return unknown(run, record, unknown.reason());
    }
    if (settlement instanceof Settlement.Repeat repeat) {
      if (record.attempts() >= MOST_ATTEMPTS) {
        return unknown(
            run, record, "was interrupted " + record.attempts() + " times; " + repeat.reason());
      }
      if (!mayRepeat.test(run)) {
        return notRepeated(run, record, repeat.reason());
      }
      return begin(run, phase, step, context, told(record, repeat.reason()));
    }
    String reason = ((Settlement.AskAgain) settlement).reason();
    long until = run.progress().settleUntil();
    if (until != 0 && now.toEpochMilli() >= until) {
      return unknown(run, record, "could not be settled in time: " + reason);
    }
    StepRecord doubtful = told(record, reason);
    journal.commit(doubtful, later(run, phase, now, now.plus(ASK_AGAIN)));
    return doubtful;
  }

  /** The execution waits and asks again later, or went another way and leaves the step out. */
  private StepRecord notRepeated(Run run, StepRecord record, String reason) {
    boolean waits =
        journal
            .execution(run.episode().id())
            .filter(execution -> execution.state() == run.execution().state())
            .isPresent();
    StepRecord left =
        new StepRecord(
            record.id(),
            record.episode(),
            record.phase(),
            record.index(),
            record.kind(),
            waits ? StepState.INTENDED : StepState.SKIPPED,
            record.intendedAt(),
            record.intent(),
            waits ? null : clock.instant(),
            reason,
            record.attempts());
    journal.commit(left);
    return left;
  }

  /** The step stays unsettled until then; the first time, the clock for it starts. */
  private Execution later(Run run, StepPhase phase, Instant now, Instant wake) {
    Progress progress = run.progress();
    if (progress.settleUntil() == 0) {
      Duration bound = spec(run, phase).deadline();
      progress = progress.settleUntil(now.plus(bound).toEpochMilli());
    }
    return run.execution().wakeAt(wake).withProgress(progress.json());
  }

  private StepRecord unknown(Run run, StepRecord record, String text) {
    return end(run, record, StepState.UNKNOWN, text, List.of());
  }

  private StepRecord end(Run run, StepRecord record, StepResult result) {
    StepState state = result.status() == StepResult.Status.OK ? StepState.OK : StepState.FAILED;
    List<Entry> entries = new ArrayList<>();
    entries.addAll(result.evidence());
    entries.addAll(result.findings());
    return end(run, record, state, result.text(), entries);
  }

  /** The outcome, what it brought, and that the execution goes on to the next step: all at once. */
  private StepRecord end(
      Run run, StepRecord record, StepState state, String text, List<Entry> brought) {
    Instant now = clock.instant();
    StepRecord ended =
        new StepRecord(
            record.id(),
            record.episode(),
            record.phase(),
            record.index(),
            record.kind(),
            state,
            record.intendedAt(),
            record.intent(),
            now,
            text,
            record.attempts());
    ExecutionState stay = run.execution().state();
    List<Entry> entries = new ArrayList<>(brought);
    entries.add(ended);
    entries.add(
        run.execution()
            .in(stay, record.index() + 1, now)
            .withProgress(run.progress().settleUntil(0).json()));
    crash.reached(CrashPoint.OUTCOME_BEFORE_COMMIT);
    journal.commit(entries.toArray(Entry[]::new));
    crash.reached(CrashPoint.OUTCOME_AFTER_COMMIT);
    metrics.step(record.kind(), state, Duration.between(record.intendedAt(), now));
    return ended;
  }

  private StepRecord intent(
      Run run, StepPhase phase, StepContext context, String text, @Nullable StepRecord earlier) {
    return new StepRecord(
        context.stepId(),
        run.episode().id(),
        phase,
        run.execution().step(),
        spec(run, phase).kind(),
        StepState.INTENDED,
        earlier == null ? context.now() : earlier.intendedAt(),
        text,
        null,
        earlier == null ? "" : earlier.text(),
        earlier == null ? 1 : earlier.attempts() + 1);
  }

  private static StepRecord told(StepRecord record, String text) {
    return new StepRecord(
        record.id(),
        record.episode(),
        record.phase(),
        record.index(),
        record.kind(),
        record.state(),
        record.intendedAt(),
        record.intent(),
        null,
        text,
        record.attempts());
  }

  private StepContext context(Run run, StepPhase phase) {
    int index = run.execution().step();
    var findings = journal.findings(run.episode().id());
    return new StepContext(
        run.stepId(phase, index),
        index,
        run.episode(),
        run.target(),
        run.values(findings),
        journal.evidence(run.episode().id()),
        findings,
        clock.instant(),
        spec(run, phase).deadline());
  }

  private static StepSpec spec(Run run, StepPhase phase) {
    return run.list(phase).get(run.execution().step());
  }
}
