package dev.tidemark.webhook.page;

import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeEvent;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Episodes for the pages' tests. */
final class Samples {
  static final Instant START = Instant.parse("2026-03-01T08:00:00.123Z");
  static final String ID = "b3639920c60bce84-1";

  /** What a program under attack could put into a label. */
  static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202E&\0";

  private Samples() {}

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  static Episode episode(
      EpisodeStatus status,
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable Outcome outcome) {
    return new Episode(
        ID,
        labels.getOrDefault("cluster", ""),
        new Fingerprint("b3639920c60bce84"),
        status,
        new TreeMap<>(labels),
        new TreeMap<>(annotations),
        "http://prometheus.example/graph?g0.expr=x&g0.tab=1",
        "tide.mark",
        START,
        at(1),
        at(60),
        false,
        2,
        status == EpisodeStatus.FIRING ? null : at(900),
        outcome == null ? null : "go-goroutine-leak",
        outcome,
        outcome == null ? "" : "growth went from 1,180 to 0 a minute",
        outcome == Outcome.FAILED);
  }

  static Map<String, String> labels() {
    return Map.of(
        "alertname", "GoGoroutineLeak", "namespace", "pay", "pod", "pay-7d9f-x2", "team", "pay");
  }

  static Dossier cured() {
    Execution execution =
        new Execution(
            "x-1",
            ID,
            "go-goroutine-leak",
            "5ca1ab1e",
            "{\"steps\":[{\"pprof\":{\"profiles\":[\"heap\"]}}]}",
            "auto",
            "pay-service",
            "pay",
            ExecutionState.FINISHED,
            at(2),
            null,
            3,
            at(3),
            at(6),
            at(700),
            Outcome.CURED,
            "growth went from 1,180 to 0 a minute",
            "{}");
    return new Dossier(
        episode(
            EpisodeStatus.RESOLVED, labels(), Map.of("summary", "goroutines grow"), Outcome.CURED),
        Optional.of(execution),
        List.of(
            new EpisodeEvent(ID, at(1), EpisodeEvent.Kind.OPENED, "firing, from am@127.0.0.1"),
            new EpisodeEvent(
                ID, at(900), EpisodeEvent.Kind.RESOLVED, "Alertmanager says resolved")),
        List.of(
            new Decision(
                ID, at(2), "cooldown", Decision.Verdict.WAIT, "another run ended 10 s ago", at(3)),
            new Decision(
                ID, at(3), "mode", Decision.Verdict.RUN, "mode auto, all policies agree", null)),
        List.of(
            step(0, "pprof", StepPhase.STEPS, 3, 5, "2 profiles saved"),
            step(1, "http", StepPhase.STEPS, 6, 7, "POST answered 200"),
            step(0, "slope", StepPhase.VERIFY, 130, 700, "slope 0 a minute")),
        List.of(
            new Evidence(
                ID,
                "x-1-steps-0",
                "goroutine-debug1.txt",
                "text/plain",
                1_572_864,
                "ab".repeat(32),
                at(4))),
        List.of(
            new Finding(
                ID,
                "x-1-steps-1",
                at(5),
                "goroutine-debug1.txt",
                "leak",
                "main.(*queue).push",
                "queue.go",
                41,
                "blocked on one channel send",
                "1000 goroutines blocked in main.(*queue).push (queue.go:41), the oldest for 61 min",
                "{}")),
        List.of());
  }

  static Dossier waiting() {
    Execution execution =
        new Execution(
            "x-1",
            ID,
            "go-goroutine-leak",
            "5ca1ab1e",
            "{}",
            "approve",
            "pay-service",
            "pay",
            ExecutionState.WAITING_APPROVAL,
            at(2),
            at(30),
            0,
            null,
            null,
            null,
            null,
            "",
            "{}");
    return new Dossier(
        episode(EpisodeStatus.FIRING, labels(), Map.of(), null),
        Optional.of(execution),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Approval(ID, at(9), "bob", false, "0ld", "not now")));
  }

  /** Every text that comes from outside is {@link #HOSTILE}. */
  static Dossier hostile() {
    Map<String, String> labels =
        Map.of("alertname", HOSTILE, "pod", HOSTILE, HOSTILE, "javascript:alert(3)");
    Episode e =
        new Episode(
            ID,
            HOSTILE,
            new Fingerprint("b3639920c60bce84"),
            EpisodeStatus.FIRING,
            new TreeMap<>(labels),
            new TreeMap<>(
                Map.of(
                    "runbook_url",
                    "http://x/\"onmouseover=\"alert(4)",
                    HOSTILE,
                    HOSTILE.repeat(500))),
            "javascript:alert(5)",
            HOSTILE,
            START,
            at(1),
            at(1),
            true,
            0,
            null,
            HOSTILE,
            Outcome.FAILED,
            HOSTILE,
            true);
    return new Dossier(
        e,
        Optional.of(
            new Execution(
                "x",
                ID,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                ExecutionState.WAITING_APPROVAL,
                at(2),
                at(3),
                0,
                null,
                null,
                at(9),
                Outcome.FAILED,
                HOSTILE,
                HOSTILE)),
        List.of(new EpisodeEvent(ID, at(1), EpisodeEvent.Kind.OPENED, HOSTILE)),
        List.of(new Decision(ID, at(2), HOSTILE, Decision.Verdict.REFUSE, HOSTILE, null)),
        List.of(
            new StepRecord(
                "s",
                ID,
                StepPhase.STEPS,
                0,
                HOSTILE,
                StepState.FAILED,
                at(3),
                HOSTILE,
                at(4),
                HOSTILE,
                2)),
        List.of(new Evidence(ID, HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, at(5))),
        List.of(
            new Finding(
                ID, "s", at(6), HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE)),
        List.of(new Approval(ID, at(7), HOSTILE, true, HOSTILE, HOSTILE)));
  }

  private static StepRecord step(
      int index, String kind, StepPhase phase, long from, long to, String text) {
    return new StepRecord(
        "x-1-" + phase.text() + "-" + index,
        ID,
        phase,
        index,
        kind,
        StepState.OK,
        at(from),
        "will " + kind,
        at(to),
        text,
        1);
  }
}
