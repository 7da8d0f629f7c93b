package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Journal;
import dev.tidemark.webhook.playbook.MissingValueException;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.playbook.PrecheckSpec;
import dev.tidemark.webhook.policy.Facts;
import dev.tidemark.webhook.policy.PastRun;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.recheck.Recheck;
import dev.tidemark.webhook.verify.Queries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what the policies look at: first what the journal knows, then what has to be asked of
 * others.
 */
final class FactFinder {
  private final Journal journal;
  private final InstantSource clock;

  FactFinder(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  Facts local(Run run) {
    Execution own = run.execution();
    long asked = run.progress().approvalAskedAt();
    return new Facts(
        run.episode(),
        run.playbook(),
        own.target(),
        own.workload(),
        run.setup().cluster(),
        run.setup().autoAllowed(),
        journal.pause(),
        past(run),
        List.of(),
        List.of(),
        journal.answer(own.episode(), own.planHash()).orElse(null),
        asked == 0 ? null : Instant.ofEpochMilli(asked));
  }

  Facts whole(Run run, Facts local, Instant now) {
    return with(local, seen(run, now), prechecks(run, now));
  }

  /** Without prechecks: those hold no longer once evidence capture has begun, and need not. */
  Facts seenOnly(Run run, Instant now) {
    return with(local(run), seen(run, now), List.of());
  }

  private static Facts with(Facts local, List<Seen> seen, List<Facts.Found> prechecks) {
    return new Facts(
        local.episode(),
        local.playbook(),
        local.target(),
        local.workload(),
        local.cluster(),
        local.autoAllowed(),
        local.pause(),
        local.past(),
        seen,
        prechecks,
        local.approval(),
        local.approvalAskedAt());
  }

  /** Asks every server that the playbook, or else the configuration, names. */
  List<Seen> seen(Run run, Instant now) {
    List<PolicySpec.Recheck> named = run.playbook().policy().freshness().recheck();
    List<Seen> seen = new ArrayList<>();
    for (PolicySpec.Recheck one : PolicySpec.Recheck.values()) {
      Recheck server = run.setup().rechecks().get(one);
      if (named == null ? server != null : named.contains(one)) {
        seen.add(
            server == null
                ? new Seen(
                    one.name().toLowerCase(java.util.Locale.ROOT),
                    Seen.State.UNKNOWN,
                    "is not configured")
                : server.look(run.episode(), now));
      }
    }
    return seen;
  }

  /** What confines a query to where the alert comes from. */
  static Map<String, String> scope(Run run) {
    Map<String, String> scope = new HashMap<>();
    String namespace = run.labels().getOrDefault("namespace", "");
    if (!namespace.isEmpty()) {
      scope.put("namespace", namespace);
    }
    if (!run.setup().cluster().isEmpty()) {
      scope.put("cluster", run.setup().cluster());
    }
    return scope;
  }

  private List<Facts.Found> prechecks(Run run, Instant now) {
    List<Facts.Found> found = new ArrayList<>();
    PromQuery prometheus = run.setup().prometheus();
    for (PrecheckSpec check : run.playbook().precheck()) {
      String text = check.promql().expr().toString();
      if (prometheus == null) {
        found.add(new Facts.Found(text, true, false, "no prometheus is configured"));
        continue;
      }
      try {
        String expr = check.promql().expr().fill(run.values(List.of()));
        Queries.Asked asked =
            new Queries(prometheus).ask(expr, check.promql().success(), scope(run), now);
        found.add(
            new Facts.Found(
                text,
                asked.state() != Queries.State.NO_ANSWER,
                asked.state() == Queries.State.HOLDS,
                asked.text()));
      } catch (MissingValueException e) {
        found.add(new Facts.Found(text, true, false, String.valueOf(e.getMessage())));
      }
    }
    return found;
  }

  private List<PastRun> past(Run run) {
    PolicySpec policy = run.playbook().policy();
    Duration longest = policy.cooldown().length();
    longest = longer(longest, policy.giveUpAfter().within());
    for (PolicySpec.RateLimit limit : policy.rateLimit()) {
      longest = longer(longest, limit.every());
    }
    Map<String, Execution> all = new HashMap<>();
    journal
        .startedSince(clock.instant().minus(longest))
        .forEach(execution -> all.put(execution.id(), execution));
    journal.running().forEach(execution -> all.put(execution.id(), execution));
    all.remove(run.execution().id());
    List<PastRun> past = new ArrayList<>();
    for (Execution execution : all.values()) {
      Instant startedAt = execution.startedAt();
      if (startedAt != null) {
        past.add(
            new PastRun(
                execution.playbook(),
                execution.target(),
                execution.workload(),
                startedAt,
                execution.state() != ExecutionState.FINISHED,
                execution.outcome()));
      }
    }
    return past;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
