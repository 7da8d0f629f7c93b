package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.policy.Answer;
import dev.tidemark.webhook.policy.Facts;
import dev.tidemark.webhook.policy.Policies;
import dev.tidemark.webhook.policy.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes a running execution through its steps; before each that changes the target everything is
 * confirmed once more.
 */
final class Acting {

  /**
   * Confirmed again before the target is touched: what may have changed while evidence was
   * captured.
   */
  private static final List<Policy> GUARDS =
      List.of(policy(Policies.LOCAL, "pause"), policy(Policies.ASKING, "freshness"));

  private final Journal journal;
  private final FactFinder facts;
  private final StepRunner steps;
  private final Verification verification;
  private final Ending ending;
  private final InstantSource clock;

  Acting(
      Journal journal,
      FactFinder facts,
      StepRunner steps,
      Verification verification,
      Ending ending,
      InstantSource clock) {
    this.journal = journal;
    this.facts = facts;
    this.steps = steps;
    this.verification = verification;
    this.ending = ending;
    this.clock = clock;
  }

  /** One step of {@code steps}, or on to the verification. */
  void next(Run run) {
    Instant now = clock.instant();
    Optional<StepRecord> stopper = stopper(run);
    if (stopper.isPresent()) {
      StepRecord record = stopper.get();
      String text = "step " + (record.index() + 1) + " (" + record.kind() + "): " + record.text();
      Outcome outcome = record.state() == StepState.UNKNOWN ? Outcome.UNKNOWN : Outcome.FAILED;
      ending.fail(run, outcome, text, now);
      return;
    }
    if (run.execution().step() >= run.playbook().steps().size()) {
      verification.begin(run, now);
      return;
    }
    Optional<StepRecord> before = steps.record(run, StepPhase.STEPS);
    if (run.isTargetOther()) {
      Outcome outcome = before.isPresent() ? Outcome.UNKNOWN : Outcome.FAILED;
      ending.escalate(run, outcome, Admission.OTHER_TARGET, now);
      return;
    }
    boolean guarded = steps.step(run, StepPhase.STEPS).changesTarget();
    if (before.isEmpty() && guarded && !mayTouch(run, now)) {
      return;
    }
    // hours may lie between an intent and the word that nothing came of it
    steps.run(run, StepPhase.STEPS, before, again -> !guarded || mayTouch(again, clock.instant()));
  }

  /**
   * The step after which the playbook must not go on. Read from the journal and not from what just
   * ran: a death between a step's outcome and the end it means must not forget it.
   */
  private Optional<StepRecord> stopper(Run run) {
    return journal.steps(run.episode().id()).stream()
        .filter(record -> record.phase() == StepPhase.STEPS)
        .filter(record -> record.index() < run.execution().step())
        .filter(
            record ->
                record.state() == StepState.UNKNOWN
                    || (record.state() == StepState.FAILED
                        && run.playbook().steps().get(record.index()).onError()
                            == StepSpec.OnError.STOP))
        .findFirst();
  }

  /** One step of rollback or escalate: a failure there does not keep the next from running. */
  void next(Run run, StepPhase phase) {
    Instant now = clock.instant();
    Outcome outcome = run.execution().outcome();
    Outcome so = outcome == null ? Outcome.FAILED : outcome;
    String text = run.execution().outcomeText();
    if (run.execution().step() < run.list(phase).size()) {
      steps.run(run, phase, steps.record(run, phase), again -> true);
    } else if (phase == StepPhase.ROLLBACK) {
      ending.escalate(run, so, text + rolledBack(run), now);
    } else {
      ending.finish(run, so, text, now);
    }
  }

  private String rolledBack(Run run) {
    long bad =
        journal.steps(run.episode().id()).stream()
            .filter(step -> step.phase() == StepPhase.ROLLBACK && step.state() != StepState.OK)
            .count();
    return bad == 0 ? "; rolled back" : "; rollback failed";
  }

  private boolean mayTouch(Run run, Instant now) {
    boolean touched = changedBefore(run);
    if (run.episode().status() != EpisodeStatus.FIRING
        && run.playbook().onResolved().cancelPending()
        && !touched) {
      ending.finish(
          run,
          Outcome.RESOLVED,
          "ended before step " + (run.execution().step() + 1) + " would have changed the target",
          now);
      return false;
    }
    Facts whole = facts.seenOnly(run, now);
    for (Policy guard : GUARDS) {
      if (touched && guard.name().equals("freshness")) {
        continue;
      }
      Answer answer = guard.decide(whole, now);
      Decision decision = Admission.decision(run.episode().id(), guard, answer, now);
      if (answer instanceof Answer.Wait wait) {
        journal.commit(decision, run.execution().wakeAt(wait.until()));
        return false;
      }
      journal.commit(decision);
      if (answer instanceof Answer.Refuse) {
        ending.escalate(run, Outcome.REFUSED, guard.name() + ": " + answer.reason(), now);
        return false;
      }
    }
    return true;
  }

  /**
   * Once the target was changed, going on is right even when the alert resolves: that is what was
   * wanted.
   */
  private boolean changedBefore(Run run) {
    return journal.steps(run.episode().id()).stream()
        .filter(record -> record.phase() == StepPhase.STEPS && record.state() == StepState.OK)
        .anyMatch(
            record ->
                run.setup().steps().of(run.playbook().steps().get(record.index())).changesTarget());
  }

  private static Policy policy(List<Policy> policies, String name) {
    return policies.stream().filter(policy -> policy.name().equals(name)).findFirst().orElseThrow();
  }
}
