package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeOutcome;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due: plans new episodes and takes executions forward, each by one thread at a time.
 * All state is in the journal, so it may stop at any point and another may go on. {@link #runDue}
 * is called by one thread.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final int AT_ONCE = 100;

  /** After an error that should not be: the disk is full, or there is a mistake in the program. */
  private static final Duration REST = Duration.ofSeconds(5);

  /** Then the execution is left to people. */
  private static final int MOST_ERRORS = 10;

  private record Trouble(int errors, Instant until) {}

  private final Journal journal;
  private final Supplier<Setup> setup;
  private final InstantSource clock;
  private final Executor workers;
  private final Planner planner;
  private final Admission admission;
  private final StepRunner steps;
  private final Ending ending;
  private final Acting acting;
  private final Verification verification;
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  public Dispatcher(
      Journal journal,
      Supplier<Setup> setup,
      InstantSource clock,
      Executor workers,
      Watching watching) {
    this.journal = journal;
    this.setup = setup;
    this.clock = clock;
    this.workers = workers;
    CrashHook crash = watching.crash();
    DispatchMetrics metrics = watching.metrics();
    FactFinder facts = new FactFinder(journal, clock);
    this.ending = new Ending(journal, metrics, crash);
    this.planner = new Planner(journal, metrics, crash);
    this.admission = new Admission(journal, facts, ending, metrics, crash);
    this.verification = new Verification(journal, ending, crash);
    this.steps = new StepRunner(journal, clock, metrics, crash);
    this.acting = new Acting(journal, facts, steps, verification, ending, clock);
  }

  /** Who looks on: metrics, and tests that end the process. */
  public record Watching(DispatchMetrics metrics, CrashHook crash) {}

  /** Plans what is new and hands what is due to the workers. */
  public void runDue(Instant now) {
    Setup current = setup.get();
    List<Episode> fresh;
    do {
      fresh = journal.unplanned(AT_ONCE);
      fresh.forEach(episode -> plan(episode, current, now));
    } while (fresh.size() == AT_ONCE && !stopping);
    for (Execution execution : journal.due(now, AT_ONCE)) {
      Trouble trouble = troubles.get(execution.id());
      boolean resting = trouble != null && now.isBefore(trouble.until());
      if (!stopping && !resting && inFlight.add(execution.id())) {
        try {
          workers.execute(() -> advance(execution));
        } catch (RejectedExecutionException e) {
          inFlight.remove(execution.id()); // stopping: the journal keeps it for the next start
        }
      }
    }
  }

  /** One episode that cannot be planned must not keep all others waiting. */
  private void plan(Episode episode, Setup current, Instant now) {
    try {
      planner.plan(episode, current, now);
    } catch (JournalException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("episode", episode.id())
          .setCause(e)
          .log("no plan could be made; this is a mistake in the program");
      String text = "no plan could be made, which is a mistake in the program: " + e;
      journal.commit(new EpisodeOutcome(episode.id(), null, Outcome.FAILED, text, false));
    }
  }

  /** When {@link #runDue} is to be called next, if nothing changes before. */
  public Optional<Instant> nextWake() {
    return journal.nextWake();
  }

  /** Executions a worker is at. */
  public int working() {
    return inFlight.size();
  }

  /** Lets each worker end the step it is at, and no more. */
  public void stop() {
    stopping = true;
  }

  /** As {@link #stop}, and no failure that workers come back with is believed. */
  public void abandon() {
    stopping = true;
    steps.abandon();
  }

  private void advance(Execution due) {
    try {
      while (!stopping && once(due.episode())) {
        troubles.remove(due.id());
      }
    } catch (RuntimeException e) {
      trouble(due, e);
    } finally {
      inFlight.remove(due.id());
    }
  }

  /** One transition; false when nothing is due. */
  private boolean once(String episodeId) {
    Execution execution = journal.execution(episodeId).orElse(null);
    Instant now = clock.instant();
    if (execution == null
        || execution.wakeAt() == null
        || execution.wakeAt().isAfter(now)
        || execution.state() == ExecutionState.FINISHED) {
      return false;
    }
    Run run = load(execution);
    switch (execution.state()) {
      case PLANNED, WAITING_APPROVAL -> admission.consider(run, now);
      case RUNNING -> acting.next(run);
      case VERIFYING -> verification.go(run, now);
      case ROLLING_BACK -> acting.next(run, StepPhase.ROLLBACK);
      case ESCALATING -> acting.next(run, StepPhase.ESCALATE);
      case FINISHED -> throw new IllegalStateException("asked above");
    }
    return true;
  }

  private Run load(Execution execution) {
    Setup current = setup.get();
    return new Run(
        execution,
        journal.episode(execution.episode()).orElseThrow(),
        Plans.playbook(execution.plan()),
        Plans.target(execution.plan(), current),
        current);
  }

  private void trouble(Execution execution, RuntimeException e) {
    Trouble before = troubles.get(execution.id());
    int errors = before == null ? 1 : before.errors() + 1;
    boolean ours = !(e instanceof JournalException);
    LOG.atError()
        .addKeyValue("episode", execution.episode())
        .addKeyValue("errors", errors)
        .setCause(e)
        .log(
            "the execution rests where the journal says it is"
                + (ours ? "; this is a mistake in the program" : ""));
    troubles.put(execution.id(), new Trouble(errors, clock.instant().plus(REST)));
    if (ours && errors >= MOST_ERRORS) {
      giveUp(execution, e);
    }
  }

  private void giveUp(Execution execution, RuntimeException cause) {
    try {
      Execution current = journal.execution(execution.episode()).orElse(execution);
      String text = "left to people after " + MOST_ERRORS + " errors of the program: " + cause;
      if (current.state() == ExecutionState.ESCALATING || !escalated(current, text)) {
        journal.commit(
            current.with(Outcome.UNKNOWN, text).finished(clock.instant()),
            new EpisodeOutcome(
                execution.episode(), execution.playbook(), Outcome.UNKNOWN, text, false));
      }
      troubles.remove(execution.id());
    } catch (RuntimeException e) {
      LOG.error("the execution could not be ended, it is tried again", e);
    }
  }

  /** Whether people are going to be told; not where the plan itself cannot be read. */
  private boolean escalated(Execution execution, String text) {
    try {
      ending.escalate(load(execution), Outcome.UNKNOWN, text, clock.instant());
      return true;
    } catch (JournalException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("nobody can be told by the playbook's own escalation", e);
      return false;
    }
  }
}
