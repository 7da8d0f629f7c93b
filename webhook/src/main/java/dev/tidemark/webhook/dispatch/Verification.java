package dev.tidemark.webhook.dispatch;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Entry;
import dev.tidemark.webhook.journal.EpisodeOutcome;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.playbook.VerifySpec;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.verify.Proof;
import dev.tidemark.webhook.verify.Queries;
import dev.tidemark.webhook.verify.SlopeProof;
import dev.tidemark.webhook.verify.Slopes;
import dev.tidemark.webhook.verify.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Runs the checks, each at its own times; counts are on disk, so a restart goes on counting. */
final class Verification {

  /** Tries of a slope that Prometheus gives no answer for. */
  private static final int BLIND_TRIES = 5;

  private final Journal journal;
  private final Ending ending;
  private final CrashHook crash;

  Verification(Journal journal, Ending ending, CrashHook crash) {
    this.journal = journal;
    this.ending = ending;
    this.crash = crash;
  }

  /** All steps ran: from now on it is found out whether they helped. */
  void begin(Run run, Instant now) {
    VerifySpec verify = run.playbook().verify();
    if (verify == null) {
      ending.finish(
          run.with(run.execution().acted(now)),
          Outcome.DONE,
          "all steps ran; the playbook verifies nothing",
          now);
      return;
    }
    Instant from = now.plus(verify.initialDelay());
    List<Entry> entries = new ArrayList<>();
    List<Progress.Check> checks = new ArrayList<>();
    Instant first = null;
    for (int i = 0; i < verify.checks().size(); i++) {
      VerifySpec.Check check = verify.checks().get(i);
      VerifySpec.Slope slope = check.slope();
      Instant next = slope == null ? from : from.plus(slope.window());
      first = first == null || next.isBefore(first) ? next : first;
      checks.add(new Progress.Check(next.toEpochMilli(), 0, 0, 0, null));
      entries.add(record(run, i, check, StepState.INTENDED, now, intent(run, check), null, ""));
    }
    entries.add(
        run.execution()
            .in(ExecutionState.VERIFYING, 0, Objects.requireNonNull(first))
            .acted(now)
            .with(Outcome.RESET, "the steps ran; whether they helped is being measured")
            .withProgress(run.progress().checks(checks).json()));
    entries.add(
        new EpisodeOutcome(
            run.episode().id(),
            run.playbook().name(),
            Outcome.RESET,
            "the steps ran; whether they helped is being measured",
            false));
    crash.reached(CrashPoint.VERIFY_BEFORE_COMMIT);
    journal.commit(entries.toArray(Entry[]::new));
    crash.reached(CrashPoint.VERIFY_AFTER_COMMIT);
  }

  /** Asks what is due, and concludes when every check has. */
  void go(Run run, Instant now) {
    VerifySpec verify = Objects.requireNonNull(run.playbook().verify());
    List<Progress.Check> checks = new ArrayList<>(run.progress().checks());
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Progress.Check check = checks.get(i);
      if (check.proof() == null && check.nextAt() <= now.toEpochMilli()) {
        VerifySpec.Check spec = verify.checks().get(i);
        Progress.Check asked = ask(run, spec, check, now);
        checks.set(i, asked);
        Proof proof = asked.proof();
        if (proof != null) {
          entries.add(
              record(run, i, spec, state(proof), acted(run), intent(run, spec), now, proof.text()));
        }
      }
    }
    Progress progress = run.progress().checks(checks);
    List<Proof> proofs =
        checks.stream().map(Progress.Check::proof).filter(Objects::nonNull).toList();
    Instant next =
        checks.stream()
            .filter(check -> check.proof() == null)
            .map(Progress.Check::nextAt)
            .min(Long::compare)
            .map(Instant::ofEpochMilli)
            .orElse(now);
    Run after = run.with(run.execution().wakeAt(next).withProgress(progress.json()));
    entries.add(after.execution());
    crash.reached(CrashPoint.VERIFY_BEFORE_COMMIT);
    journal.commit(entries.toArray(Entry[]::new));
    crash.reached(CrashPoint.VERIFY_AFTER_COMMIT);
    if (proofs.size() == checks.size()) {
      conclude(after, proofs, now);
    }
  }

  private void conclude(Run run, List<Proof> proofs, Instant now) {
    Proof.Kind worst =
        proofs.stream().map(Proof::kind).max(Comparator.naturalOrder()).orElseThrow();
    String text =
        proofs.stream()
            .filter(proof -> proof.kind() == worst)
            .map(Proof::text)
            .collect(Collectors.joining("; "));
    switch (worst) {
      case CURED -> ending.finish(run, Outcome.CURED, text, now);
      case INCONCLUSIVE -> ending.escalate(run, Outcome.INCONCLUSIVE, text, now);
      case FAILED -> ending.fail(run, Outcome.FAILED, text, now);
      case RECURS -> ending.fail(run, Outcome.RECURS, text, now);
    }
  }

  private static Progress.Check ask(
      Run run, VerifySpec.Check spec, Progress.Check check, Instant now) {
    VerifySpec.Slope slope = spec.slope();
    VerifySpec.Query query = spec.promql();
    PromQuery prometheus = run.setup().prometheus();
    if (prometheus == null) {
      return check.concluded(Proof.Kind.INCONCLUSIVE, "no prometheus is configured any more");
    }
    if (slope != null) {
      return slope(run, slope, check, prometheus, now);
    }
    return query(run, Objects.requireNonNull(query), check, prometheus, now);
  }

  private static Progress.Check slope(
      Run run, VerifySpec.Slope spec, Progress.Check check, PromQuery prometheus, Instant now) {
    var signal = run.setup().signals().find(spec.signal());
    if (signal.isEmpty()) {
      return check.concluded(
          Proof.Kind.INCONCLUSIVE, "there is no signal " + spec.signal() + " any more");
    }
    Instant from = acted(run).plus(Objects.requireNonNull(run.playbook().verify()).initialDelay());
    try {
      Trend after =
          new Slopes(prometheus)
              .measureWhole(
                  signal.get(),
                  run.labels(),
                  run.setup().cluster(),
                  from,
                  from.plus(spec.window()));
      Trend before = run.progress().before().getOrDefault(spec.signal(), Trend.UNKNOWN);
      Proof proof = SlopeProof.of(spec.signal(), before, after, spec.window().toMillis() / 1000.0);
      return check.concluded(proof.kind(), proof.text());
    } catch (PrometheusException e) {
      int blind = check.blind() + 1;
      if (blind >= BLIND_TRIES) {
        return check.concluded(
            Proof.Kind.INCONCLUSIVE, "Prometheus gives no answer (" + e.reason().label() + ")");
      }
      long pause = Math.max(1000, Math.min(60_000, spec.window().toMillis() / 4));
      return new Progress.Check(now.toEpochMilli() + pause, 0, 0, blind, null);
    }
  }

  private static Progress.Check query(
      Run run, VerifySpec.Query spec, Progress.Check check, PromQuery prometheus, Instant now) {
    Queries.Asked asked =
        new Queries(prometheus)
            .ask(
                spec.expr().fill(run.values(List.of())),
                spec.success(),
                FactFinder.scope(run),
                now);
    long next = now.plus(spec.interval()).toEpochMilli();
    return switch (asked.state()) {
      case HOLDS -> {
        Progress.Check better =
            new Progress.Check(next, check.good() + 1, check.bad(), check.blind(), null);
        yield better.good() >= spec.consecutiveSuccess()
            ? better.concluded(Proof.Kind.CURED, spec.success() + ": " + asked.text())
            : better;
      }
      case DOES_NOT_HOLD -> {
        Progress.Check worse = new Progress.Check(next, 0, check.bad() + 1, check.blind(), null);
        yield worse.bad() > spec.failureLimit()
            ? worse.concluded(Proof.Kind.FAILED, asked.text())
            : worse;
      }
      case NO_DATA -> blind(spec, check, next, asked.text(), noData(spec.onNoData()));
      case NO_ANSWER -> blind(spec, check, next, asked.text(), Proof.Kind.INCONCLUSIVE);
    };
  }

  private static Progress.Check blind(
      VerifySpec.Query spec, Progress.Check check, long next, String text, Proof.Kind kind) {
    Progress.Check blind = new Progress.Check(next, 0, check.bad(), check.blind() + 1, null);
    return blind.blind() > spec.failureLimit() ? blind.concluded(kind, text) : blind;
  }

  private static Proof.Kind noData(VerifySpec.OnNoData onNoData) {
    return switch (onNoData) {
      case INCONCLUSIVE -> Proof.Kind.INCONCLUSIVE;
      case FAIL -> Proof.Kind.FAILED;
      case SUCCEED -> Proof.Kind.CURED;
    };
  }

  private static StepState state(Proof proof) {
    return switch (proof.kind()) {
      case CURED -> StepState.OK;
      case INCONCLUSIVE -> StepState.UNKNOWN;
      case FAILED, RECURS -> StepState.FAILED;
    };
  }

  private static Instant acted(Run run) {
    return Objects.requireNonNull(run.execution().actedAt(), "verification follows the steps");
  }

  private static String intent(Run run, VerifySpec.Check check) {
    VerifySpec.Slope slope = check.slope();
    if (slope != null) {
      return "compare the slope of "
          + slope.signal()
          + " over "
          + PromDuration.format(slope.window())
          + " with the slope before";
    }
    VerifySpec.Query query = Objects.requireNonNull(check.promql());
    return "ask every "
        + PromDuration.format(query.interval())
        + " whether "
        + query.expr().fill(run.values(List.of()))
        + " gives "
        + query.success();
  }

  private static StepRecord record(
      Run run,
      int index,
      VerifySpec.Check check,
      StepState state,
      Instant intendedAt,
      String intent,
      @org.jspecify.annotations.Nullable Instant outcomeAt,
      String text) {
    return new StepRecord(
        run.stepId(StepPhase.VERIFY, index),
        run.episode().id(),
        StepPhase.VERIFY,
        index,
        check.kind(),
        state,
        intendedAt,
        intent,
        outcomeAt,
        text,
        1);
  }
}
