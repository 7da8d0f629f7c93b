package dev.tidemark.webhook.policy;

import static dev.tidemark.webhook.journal.Sent.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.yaml.StrictYaml;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.playbook.Playbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PoliciesTest {
  private static final Pause GOING = new Pause(false, Instant.EPOCH, "", "");

  /** Facts with one thing changed at a time. */
  static final class Case {
    String mode = "auto";
    String policy = "{}";
    String alertCluster = "";
    String cluster = "c";
    boolean auto = true;
    boolean late;
    long truncated;
    double lastFiring = 0;
    Pause pause = GOING;
    List<PastRun> past = List.of();
    List<Seen> seen = List.of();
    List<Facts.Found> found = List.of();
    @Nullable Approval approval;
    @Nullable Instant asked;

    Facts facts() {
      try {
        Playbook playbook =
            StrictYaml.read(
                "p.yml",
                """
                apiVersion: tidemark/v1
                kind: Playbook
                metadata: {name: p}
                mode: %s
                match: {alerts: [a=b]}
                target: {kind: Static}
                policy: %s
                steps: [{diagnose: {}}]
                """
                    .formatted(mode, policy),
                Playbook.class);
        return new Facts(
            episode(), playbook, "t", "w", cluster, auto, pause, past, seen, found, approval,
            asked);
      } catch (Exception e) {
        throw new IllegalArgumentException(e);
      }
    }

    private Episode episode() {
      return new Episode(
          "f-1",
          alertCluster,
          new Fingerprint("f"),
          EpisodeStatus.FIRING,
          new TreeMap<>(Map.of()),
          new TreeMap<>(Map.of()),
          "",
          "",
          at(0),
          at(0),
          at(lastFiring),
          late,
          truncated,
          null,
          null,
          null,
          "",
          false);
    }
  }

  interface Change {
    void on(Case facts);
  }

  static PastRun past(
      String target, String workload, double at, boolean running, @Nullable Outcome outcome) {
    return new PastRun("p", target, workload, at(at), running, outcome);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void each_policy_says_what_its_facts_say(
      String policy, String description, Change change, double now, String verdict) {
    Case facts = new Case();
    change.on(facts);
    Policy one =
        Stream.concat(Policies.LOCAL.stream(), Policies.ASKING.stream())
            .filter(candidate -> candidate.name().equals(policy))
            .findFirst()
            .orElseThrow();
    Answer answer = one.decide(facts.facts(), at(now));
    String said =
        answer instanceof Answer.Wait wait
            ? "wait " + (wait.until().toEpochMilli() - at(0).toEpochMilli()) / 1000.0
            : answer instanceof Answer.Run ? "run" : "refuse";
    assertThat(said).as(answer.reason()).isEqualTo(verdict);
    assertThat(answer.reason()).isNotBlank();
  }

  static Stream<Arguments> each_policy_says_what_its_facts_say() {
    Seen fires = new Seen("alertmanager", Seen.State.FIRING, "");
    Seen gone = new Seen("alertmanager", Seen.State.NOT_FIRING, "gone");
    Seen down = new Seen("prometheus", Seen.State.UNKNOWN, "down");
    Seen silent = new Seen("alertmanager", Seen.State.SUPPRESSED, "silenced");
    return Stream.of(
        of("pause", "going", f -> {}, 0, "run"),
        of("pause", "paused", f -> f.pause = new Pause(true, at(0), "ann", "x"), 5, "wait 35.0"),
        of("cluster", "no label", f -> {}, 0, "run"),
        of("cluster", "ours", f -> f.alertCluster = "c", 0, "run"),
        of("cluster", "another", f -> f.alertCluster = "d", 0, "refuse"),
        of(
            "cluster",
            "label but none configured",
            f -> {
              f.alertCluster = "d";
              f.cluster = "";
            },
            0,
            "refuse"),
        of("mode", "auto", f -> {}, 0, "run"),
        of("mode", "auto where anyone may post", f -> f.auto = false, 0, "refuse"),
        of(
            "mode",
            "approve where anyone may post",
            f -> {
              f.auto = false;
              f.mode = "approve";
            },
            0,
            "run"),
        of("truncated", "whole", f -> {}, 0, "run"),
        of("truncated", "cut", f -> f.truncated = 3, 0, "refuse"),
        of("give-up-after", "never", f -> {}, 0, "run"),
        of(
            "give-up-after",
            "twice",
            f ->
                f.past =
                    List.of(
                        past("x", "w", 0, false, Outcome.RECURS),
                        past("t", "w", 1, false, Outcome.INCONCLUSIVE)),
            10,
            "refuse"),
        of(
            "give-up-after",
            "one of them helped",
            f ->
                f.past =
                    List.of(
                        past("x", "w", 0, false, Outcome.RECURS),
                        past("t", "w", 1, false, Outcome.CURED)),
            10,
            "run"),
        of(
            "give-up-after",
            "long ago",
            f ->
                f.past =
                    List.of(
                        past("t", "w", 0, false, Outcome.FAILED),
                        past("t", "w", 1, false, Outcome.UNKNOWN)),
            6 * 3600 + 1,
            "run"),
        of(
            "give-up-after",
            "another workload",
            f ->
                f.past =
                    List.of(
                        past("x", "v", 0, false, Outcome.FAILED),
                        past("y", "v", 1, false, Outcome.FAILED)),
            10,
            "run"),
        of("cooldown", "first", f -> {}, 0, "run"),
        of(
            "cooldown",
            "just before",
            f -> f.past = List.of(past("x", "w", 100, true, null)),
            200,
            "wait 1900.0"),
        of(
            "cooldown",
            "over",
            f -> f.past = List.of(past("x", "w", 100, false, null)),
            1900,
            "run"),
        of(
            "cooldown",
            "per target, another",
            f -> {
              f.policy = "{cooldown: {per: target, for: 30m}}";
              f.past = List.of(past("x", "w", 100, false, null));
            },
            200,
            "run"),
        of("rate-limit", "room", f -> f.past = List.of(past("x", "w", 0, false, null)), 61, "run"),
        of(
            "rate-limit",
            "full",
            f -> f.past = List.of(past("x", "w", 0, false, null)),
            30,
            "wait 60.0"),
        of(
            "rate-limit",
            "the cluster's is full",
            f -> {
              f.policy = "{rateLimit: [{per: cluster, max: 2, every: 1h}]}";
              f.past =
                  List.of(
                      past("x", "v", 0, false, null),
                      past("y", "u", 100, false, null),
                      past("z", "q", 200, false, null));
            },
            300,
            "wait 3700.0"),
        of(
            "blast-radius",
            "same target at work",
            f -> f.past = List.of(past("t", "w", 0, true, null)),
            10,
            "wait 12.0"),
        of(
            "blast-radius",
            "same workload at work",
            f -> f.past = List.of(past("x", "w", 0, true, null)),
            10,
            "wait 12.0"),
        of(
            "blast-radius",
            "two allowed",
            f -> {
              f.policy = "{blastRadius: {maxTargets: 2}}";
              f.past = List.of(past("x", "w", 0, true, null));
            },
            10,
            "run"),
        of(
            "blast-radius",
            "done",
            f -> f.past = List.of(past("t", "w", 0, false, null)),
            10,
            "run"),
        of("freshness", "young, nobody to ask", f -> {}, 800, "run"),
        of("freshness", "old, nobody to ask", f -> {}, 901, "refuse"),
        of("freshness", "late, nobody to ask", f -> f.late = true, 1, "refuse"),
        of("freshness", "confirmed", f -> f.seen = List.of(fires), 5000, "run"),
        of(
            "freshness",
            "late but confirmed",
            f -> {
              f.late = true;
              f.seen = List.of(fires);
            },
            5,
            "run"),
        of("freshness", "gone, young", f -> f.seen = List.of(gone), 10, "wait 25.0"),
        of("freshness", "gone, old", f -> f.seen = List.of(gone), 901, "refuse"),
        of("freshness", "one of two is down", f -> f.seen = List.of(fires, down), 10, "wait 25.0"),
        of("freshness", "silenced", f -> f.seen = List.of(silent), 10, "refuse"),
        of(
            "freshness",
            "compressed time",
            f -> {
              f.policy = "{freshness: {maxAge: 30s}}";
              f.seen = List.of(gone);
            },
            10,
            "wait 10.5"),
        of("precheck", "none", f -> {}, 0, "run"),
        of(
            "precheck",
            "holds",
            f -> f.found = List.of(new Facts.Found("e", true, true, "")),
            0,
            "run"),
        of(
            "precheck",
            "does not hold",
            f -> f.found = List.of(new Facts.Found("e", true, false, "1")),
            0,
            "refuse"),
        of(
            "precheck",
            "no answer",
            f -> f.found = List.of(new Facts.Found("e", false, false, "down")),
            0,
            "wait 15.0"),
        of("approval", "auto", f -> {}, 0, "run"),
        of("approval", "not asked yet", f -> f.mode = "approve", 7, "wait 1807.0"),
        of(
            "approval",
            "asked",
            f -> {
              f.mode = "approve";
              f.asked = at(100);
            },
            200,
            "wait 1900.0"),
        of(
            "approval",
            "too late",
            f -> {
              f.mode = "approve";
              f.asked = at(100);
            },
            1900,
            "refuse"),
        of(
            "approval",
            "yes",
            f -> {
              f.mode = "approve";
              f.approval = new Approval("f-1", at(1), "ann", true, "h", "");
            },
            5000,
            "run"),
        of(
            "approval",
            "no",
            f -> {
              f.mode = "approve";
              f.approval = new Approval("f-1", at(1), "ann", false, "h", "");
            },
            2,
            "refuse"));
  }

  private static Arguments of(
      String policy, String description, Change change, double now, String verdict) {
    return Arguments.of(policy, description, change, now, verdict);
  }

  private static Facts with(Facts facts, List<PastRun> past) {
    return new Facts(
        facts.episode(),
        facts.playbook(),
        facts.target(),
        facts.workload(),
        facts.cluster(),
        facts.autoAllowed(),
        facts.pause(),
        past,
        facts.seen(),
        facts.prechecks(),
        facts.approval(),
        facts.approvalAskedAt());
  }

  @Test
  void a_rate_limit_is_never_exceeded_whatever_the_arrivals() {
    long seed = 7;
    Random random = new Random(seed);
    Case limited = new Case();
    limited.policy = "{rateLimit: [{per: workload, max: 3, every: 1m}]}";
    Facts facts = limited.facts();
    for (int round = 0; round < 50; round++) {
      List<PastRun> begun = new java.util.ArrayList<>();
      double now = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextDouble() * 20;
        Answer answer = new RateLimitPolicy().decide(with(facts, begun), at(now));
        if (answer instanceof Answer.Run) {
          begun.add(past("t" + i, "w", now, false, null));
        }
      }
      for (int i = 3; i < begun.size(); i++) {
        assertThat(begun.get(i).startedAt())
            .as("seed %d round %d", seed, round)
            .isAfterOrEqualTo(begun.get(i - 3).startedAt().plusSeconds(60));
      }
    }
  }
}
