package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeOutcome;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import dev.tidemark.webhook.playbook.MissingValueException;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.route.TargetChoice;
import java.time.Instant;
import java.util.Optional;

/** Gives a new episode its playbook, its target and its plan, or says why not. */
final class Planner {
  private final Journal journal;
  private final DispatchMetrics metrics;
  private final CrashHook crash;

  Planner(Journal journal, DispatchMetrics metrics, CrashHook crash) {
    this.journal = journal;
    this.metrics = metrics;
    this.crash = crash;
  }

  void plan(Episode episode, Setup setup, Instant now) {
    Optional<LoadedPlaybook> found = setup.routes().of(episode.labels());
    if (found.isEmpty()) {
      metrics.ended(Outcome.NO_PLAYBOOK);
      journal.commit(
          decision(episode, now, "match", Decision.Verdict.REFUSE, "no playbook matches the alert"),
          new EpisodeOutcome(
              episode.id(), null, Outcome.NO_PLAYBOOK, "no playbook matches the alert", false));
      return;
    }
    LoadedPlaybook loaded = found.get();
    String name = loaded.playbook().name();
    TargetChoice choice =
        TargetChoice.of(loaded.playbook().target(), setup.targets(), episode.labels());
    StaticTarget target = choice.target();
    if (target == null) {
      refuse(episode, name, "target", choice.reason(), now);
      return;
    }
    String plan;
    try {
      plan = Plans.make(loaded, episode, target, setup.steps(), now);
    } catch (MissingValueException e) {
      refuse(episode, name, "plan", String.valueOf(e.getMessage()), now);
      return;
    }
    Execution execution =
        new Execution(
            id(episode, now),
            episode.id(),
            name,
            Plans.hash(plan),
            plan,
            loaded.playbook().mode().text(),
            target.name(),
            target.workload(),
            ExecutionState.PLANNED,
            now,
            now,
            0,
            null,
            null,
            null,
            null,
            "",
            Progress.NONE.json());
    crash.reached(CrashPoint.PLAN_BEFORE_COMMIT);
    journal.commit(
        execution,
        decision(
            episode,
            now,
            "match",
            Decision.Verdict.RUN,
            "playbook " + name + " is the first that matches"),
        decision(episode, now, "target", Decision.Verdict.RUN, choice.reason()));
    crash.reached(CrashPoint.PLAN_AFTER_COMMIT);
  }

  /**
   * Also with a new journal no id comes twice: others know a repeat by it, and would take a new
   * restart for one they have already done.
   */
  private static String id(Episode episode, Instant now) {
    return "x-" + episode.id() + "-" + Long.toString(now.toEpochMilli(), 36);
  }

  private void refuse(Episode episode, String playbook, String policy, String reason, Instant now) {
    metrics.decided(policy, Decision.Verdict.REFUSE);
    metrics.ended(Outcome.REFUSED);
    journal.commit(
        decision(episode, now, policy, Decision.Verdict.REFUSE, reason),
        new EpisodeOutcome(episode.id(), playbook, Outcome.REFUSED, reason, false));
  }

  private static Decision decision(
      Episode episode, Instant now, String policy, Decision.Verdict verdict, String reason) {
    return new Decision(episode.id(), now, policy, verdict, reason, null);
  }
}
