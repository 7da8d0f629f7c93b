package dev.tidemark.webhook.dispatch;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Entry;
import dev.tidemark.webhook.journal.EpisodeSeen;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.playbook.Mode;
import dev.tidemark.webhook.playbook.PolicySpec.OnTimeout;
import dev.tidemark.webhook.playbook.VerifySpec;
import dev.tidemark.webhook.policy.Answer;
import dev.tidemark.webhook.policy.Facts;
import dev.tidemark.webhook.policy.Policies;
import dev.tidemark.webhook.policy.Policy;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.verify.Slopes;
import dev.tidemark.webhook.verify.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a planned execution begin when every policy agrees. Thread-safe: what is counted is counted
 * under one lock.
 */
final class Admission {
  static final String OTHER_TARGET =
      "the configuration's target is gone or another since the plan was made";

  private final Journal journal;
  private final FactFinder facts;
  private final Ending ending;
  private final DispatchMetrics metrics;
  private final CrashHook crash;
  private final Object counting = new Object();

  Admission(
      Journal journal, FactFinder facts, Ending ending, DispatchMetrics metrics, CrashHook crash) {
    this.journal = journal;
    this.facts = facts;
    this.ending = ending;
    this.metrics = metrics;
    this.crash = crash;
  }

  /** What the policies said up to the first that did not say run. */
  private record Asked(List<Decision> decisions, Policy last, Answer answer) {}

  void consider(Run run, Instant now) {
    if (run.episode().status() != EpisodeStatus.FIRING
        && run.playbook().onResolved().cancelPending()) {
      ending.finish(run, Outcome.RESOLVED, "ended before anything was done", now);
      return;
    }
    if (run.isTargetOther()) {
      ending.escalate(run, Outcome.FAILED, OTHER_TARGET, now);
      return;
    }
    boolean dry = run.playbook().mode() == Mode.DRY_RUN;
    Facts local = facts.local(run);
    Asked asked = ask(Policies.LOCAL, local, now, dry, null);
    if (dry || asked.answer() instanceof Answer.Run) {
      Facts whole = facts.whole(run, local, now);
      confirmed(run, whole, now);
      asked = ask(Policies.ASKING, whole, now, dry, asked);
    }
    if (dry) {
      rehearse(run, asked, now);
    } else if (asked.answer() instanceof Answer.Run) {
      start(run, asked, now);
    } else {
      hold(run, asked, now);
    }
  }

  private Asked ask(
      List<Policy> policies, Facts about, Instant now, boolean all, @Nullable Asked before) {
    List<Decision> decisions = new ArrayList<>(before == null ? List.of() : before.decisions());
    Policy against = before == null ? policies.get(0) : before.last();
    Answer first = before == null ? new Answer.Run("") : before.answer();
    for (Policy policy : policies) {
      Answer answer = policy.decide(about, now);
      decisions.add(decision(about.episode().id(), policy, answer, now));
      if (first instanceof Answer.Run) {
        first = answer;
        against = policy;
      }
      if (!all && !(answer instanceof Answer.Run)) {
        break;
      }
    }
    return new Asked(decisions, against, first);
  }

  private void start(Run run, Asked asked, Instant now) {
    Map<String, Trend> before = measure(run, now);
    synchronized (counting) {
      Asked again = ask(Policies.LOCAL, facts.local(run), now, false, null);
      if (!(again.answer() instanceof Answer.Run)) {
        hold(run, again, now);
        return;
      }
      Execution started =
          run.execution()
              .in(ExecutionState.RUNNING, 0, now)
              .started(now)
              .withProgress(run.progress().before(before).json());
      crash.reached(CrashPoint.START_BEFORE_COMMIT);
      commit(asked.decisions(), started);
      crash.reached(CrashPoint.START_AFTER_COMMIT);
    }
  }

  private void hold(Run run, Asked asked, Instant now) {
    if (asked.answer() instanceof Answer.Wait wait) {
      boolean approval = asked.last().name().equals("approval");
      Progress progress = run.progress();
      if (approval && progress.approvalAskedAt() == 0) {
        progress = progress.asked(now.toEpochMilli());
      }
      ExecutionState state = approval ? ExecutionState.WAITING_APPROVAL : ExecutionState.PLANNED;
      commit(
          asked.decisions(),
          run.execution().in(state, 0, wait.until()).withProgress(progress.json()));
      return;
    }
    String text = asked.last().name() + ": " + asked.answer().reason();
    journal.commit(counted(asked.decisions()).toArray(Entry[]::new));
    boolean timedOut =
        asked.last().name().equals("approval")
            && facts.local(run).approval() == null
            && run.playbook().policy().approval().onTimeout() == OnTimeout.ESCALATE;
    if (timedOut || asked.last().name().equals("give-up-after")) {
      ending.escalate(run, Outcome.REFUSED, text, now);
    } else {
      ending.finish(run, Outcome.REFUSED, text, now);
    }
  }

  /** The plan and every decision are on disk, and that is all there will be. */
  private void rehearse(Run run, Asked asked, Instant now) {
    Map<String, Trend> before = measure(run, now);
    String text;
    if (asked.answer() instanceof Answer.Run) {
      text = "would run " + run.playbook().steps().size() + " steps";
    } else if (asked.answer() instanceof Answer.Wait) {
      text = "would wait (" + asked.last().name() + ": " + asked.answer().reason() + ")";
    } else {
      text = "would be refused (" + asked.last().name() + ": " + asked.answer().reason() + ")";
    }
    Execution measured =
        run.execution().wakeAt(now).withProgress(run.progress().before(before).json());
    commit(asked.decisions(), measured);
    ending.finish(run.with(measured), Outcome.DRY_RUN, text, now);
  }

  private void confirmed(Run run, Facts whole, Instant now) {
    if (whole.seen().stream().anyMatch(seen -> seen.state() == Seen.State.FIRING)) {
      journal.commit(new EpisodeSeen(run.episode().id(), now));
    }
  }

  /**
   * The slopes that the verification will compare with; what cannot be measured is unknown, and
   * proves nothing then.
   */
  private Map<String, Trend> measure(Run run, Instant now) {
    Map<String, Trend> trends = new HashMap<>();
    VerifySpec verify = run.playbook().verify();
    PromQuery prometheus = run.setup().prometheus();
    if (verify == null || prometheus == null) {
      return trends;
    }
    for (VerifySpec.Check check : verify.checks()) {
      VerifySpec.Slope slope = check.slope();
      if (slope != null) {
        trends.put(slope.signal(), measure(run, slope, prometheus, now));
      }
    }
    return trends;
  }

  private static Trend measure(Run run, VerifySpec.Slope slope, PromQuery prometheus, Instant now) {
    return run.setup()
        .signals()
        .find(slope.signal())
        .map(
            signal -> {
              try {
                return new Slopes(prometheus)
                    .measure(
                        signal,
                        run.labels(),
                        run.setup().cluster(),
                        now.minus(slope.window()),
                        now);
              } catch (PrometheusException e) {
                return Trend.UNKNOWN;
              }
            })
        .orElse(Trend.UNKNOWN);
  }

  private void commit(List<Decision> decisions, Execution execution) {
    List<Entry> entries = counted(decisions);
    entries.add(execution);
    journal.commit(entries.toArray(Entry[]::new));
  }

  private List<Entry> counted(List<Decision> decisions) {
    decisions.forEach(decision -> metrics.decided(decision.policy(), decision.verdict()));
    return new ArrayList<>(decisions);
  }

  static Decision decision(String episode, Policy policy, Answer answer, Instant now) {
    Instant until = answer instanceof Answer.Wait wait ? wait.until() : null;
    Decision.Verdict verdict =
        answer instanceof Answer.Run
            ? Decision.Verdict.RUN
            : until != null ? Decision.Verdict.WAIT : Decision.Verdict.REFUSE;
    return new Decision(episode, now, policy.name(), verdict, answer.reason(), until);
  }
}
