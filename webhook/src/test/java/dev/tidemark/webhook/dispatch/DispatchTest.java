package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.T0;
import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Arrival;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.policy.Seen;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.StepResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DispatchTest {
  static final String PLAYBOOK =
      """
      apiVersion: tidemark/v1
      kind: Playbook
      metadata: {name: leak}
      mode: MODE
      match: {alerts: ['alertname="GoGoroutineLeak"']}
      target: {kind: Static}
      policy:
        cooldown: {per: workload, for: 10m}
        giveUpAfter: {failures: 2, per: workload, within: 6h}
        freshness: {maxAge: 1m, recheck: [alertmanager]}
        approval: {ttl: 5m}
      steps:
        - pprof: {profiles: ['goroutine?debug=1', heap]}
        - diagnose: {}
        - http: {url: 'http://127.0.0.1:1/restart?job=$job', settle: {url: 'http://127.0.0.1:1/restarts/$stepId'}}
      verify:
        initialDelay: 5s
        checks: [{slope: {signal: goroutines, window: 20s}}]
      onFailure:
        escalate: [{notify: people}]
      """;

  @TempDir Path folder;
  World world;

  @BeforeEach
  void start() {
    world = new World(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  static String playbook(String mode) {
    return PLAYBOOK.replace("MODE", mode);
  }

  static Arrival leak(double at) {
    return arrival(at, firing("f1", at - 1, "job", "pay"));
  }

  Episode episode() {
    return world.journal.episode(world.only()).orElseThrow();
  }

  Execution execution() {
    return world.journal.execution(world.only()).orElseThrow();
  }

  List<StepRecord> steps(StepPhase phase) {
    return world.steps().stream().filter(step -> step.phase() == phase).toList();
  }

  Decision last(String policy) {
    List<Decision> all =
        world.journal.decisions(world.only()).stream()
            .filter(decision -> decision.policy().equals(policy))
            .toList();
    return all.get(all.size() - 1);
  }

  @Test
  void a_leak_is_captured_explained_put_right_and_proved_right() {
    world.playbook(playbook("auto"));
    world.send(leak(0));
    world.run();
    assertThat(world.restarts).hasSize(1);
    assertThat(episode().outcome()).isEqualTo(Outcome.RESET);
    assertThat(world.journal.evidence(world.only())).hasSize(2);
    assertThat(world.journal.findings(world.only()).get(0).text())
        .contains("main.(*queue).push", "queue.go:41");
    world.pass(30);
    assertThat(episode().outcome()).isEqualTo(Outcome.CURED);
    assertThat(episode().outcomeText()).contains("goroutines grew 50/s before");
    assertThat(episode().escalated()).isFalse();
    assertThat(steps(StepPhase.STEPS))
        .extracting(StepRecord::state)
        .containsExactly(StepState.OK, StepState.OK, StepState.OK);
    assertThat(execution().state()).isEqualTo(ExecutionState.FINISHED);
    world.send(arrival(40, resolved("f1", -1, 39, "job", "pay")));
    assertThat(episode().status()).isEqualTo(EpisodeStatus.RESOLVED);
    assertThat(episode().outcome()).isEqualTo(Outcome.CURED);
  }

  @Test
  void what_still_leaks_after_the_restart_recurs_and_people_are_told() {
    world.playbook(playbook("auto"));
    world.stillLeaks = true;
    world.send(leak(0));
    world.run();
    world.pass(30);
    assertThat(episode().outcome()).isEqualTo(Outcome.RECURS);
    assertThat(episode().outcomeText()).containsPattern("recurs in \\d+ min: goroutines grew");
    assertThat(episode().escalated()).isTrue();
    assertThat(world.told).singleElement().asString().contains("recurs").contains("queue.go:41");
  }

  @Test
  void a_target_that_vanished_proves_nothing_even_though_the_alert_resolves() {
    world.playbook(playbook("auto"));
    world.vanishes = true;
    world.send(leak(0));
    world.run();
    world.send(arrival(5, resolved("f1", -1, 4, "job", "pay")));
    world.pass(30);
    assertThat(episode().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(episode().outcomeText()).contains("no data after");
    assertThat(episode().escalated()).isTrue();
  }

  @Test
  void prometheus_down_at_the_end_is_asked_again_and_then_inconclusive() {
    world.playbook(playbook("auto"));
    world.send(leak(0));
    world.run();
    world.prometheusDown = true;
    world.pass(27);
    assertThat(execution().state()).isEqualTo(ExecutionState.VERIFYING);
    world.pass(40);
    assertThat(episode().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void dry_run_records_plan_and_decisions_and_touches_nothing() {
    world.playbook(playbook("dry-run"));
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.DRY_RUN);
    assertThat(episode().outcomeText()).isEqualTo("would run 3 steps");
    assertThat(world.fetched).isEmpty();
    assertThat(world.restarts).isEmpty();
    assertThat(world.steps()).isEmpty();
    assertThat(execution().plan()).contains("restart payments", "capture goroutine?debug=1, heap");
    assertThat(execution().startedAt()).isNull();
    assertThat(world.journal.decisions(world.only())).hasSize(13);
    assertThat(execution().progress()).contains("\"perSecond\":50.0");
  }

  @Test
  void dry_run_says_what_would_have_stopped_it() {
    world.playbook(playbook("dry-run"));
    world.alertmanager = Seen.State.SUPPRESSED;
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.DRY_RUN);
    assertThat(episode().outcomeText()).startsWith("would be refused (freshness: alertmanager");
  }

  @Test
  void approve_waits_for_a_person_and_runs_what_was_approved() {
    world.playbook(playbook("approve"));
    world.send(leak(0));
    world.run();
    world.pass(10);
    assertThat(execution().state()).isEqualTo(ExecutionState.WAITING_APPROVAL);
    assertThat(world.fetched).isEmpty();
    world.restart();
    world
        .journal
        .answer(new Approval(world.only(), world.now, "ann", true, execution().planHash(), "go"))
        .join();
    world.pass(40);
    assertThat(episode().outcome()).isEqualTo(Outcome.CURED);
    assertThat(last("approval").reason()).isEqualTo("approved by ann: go");
  }

  @Test
  void a_refused_plan_does_not_run() {
    world.playbook(playbook("approve"));
    world.send(leak(0));
    world.run();
    world
        .journal
        .answer(new Approval(world.only(), world.now, "ann", false, execution().planHash(), "no"))
        .join();
    world.pass(2);
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.told).isEmpty();
    assertThat(world.effects).isZero();
  }

  @Test
  void nobody_answering_in_time_escalates() {
    world.playbook(playbook("approve"));
    world.send(leak(0));
    world.run();
    world.pass(310);
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(episode().escalated()).isTrue();
    assertThat(world.told).hasSize(1);
    assertThat(world.effects).isZero();
  }

  @Test
  void an_alert_that_no_playbook_matches_is_only_shown() {
    world.playbook(playbook("auto").replace("GoGoroutineLeak", "Other"));
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.NO_PLAYBOOK);
    assertThat(world.journal.execution(world.only())).isEmpty();
  }

  @Test
  void an_alert_of_no_known_target_is_refused_with_the_reason() {
    world.playbook(playbook("auto"));
    world.send(arrival(0, firing("f1", 0, "job", "other")));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(episode().outcomeText()).contains("no target of the configuration");
  }

  @Test
  void an_alert_of_another_cluster_is_refused() {
    world.playbook(playbook("auto"));
    world.send(arrival(0, firing("f1", 0, "job", "pay", "cluster", "other")));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(last("cluster").reason()).contains("other").contains("test");
  }

  @Test
  void an_unauthenticated_public_server_never_acts_by_itself() {
    world.playbook(playbook("auto"));
    world.autoAllowed = false;
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.effects).isZero();
  }

  @Test
  void a_silenced_alert_is_left_alone() {
    world.playbook(playbook("auto"));
    world.alertmanager = Seen.State.SUPPRESSED;
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.fetched).isEmpty();
  }

  @Test
  void an_alert_that_alertmanager_does_not_confirm_waits_and_is_refused_when_it_gets_old() {
    world.playbook(playbook("auto"));
    world.alertmanager = Seen.State.NOT_FIRING;
    world.send(leak(0));
    world.run();
    assertThat(execution().state()).isEqualTo(ExecutionState.PLANNED);
    world.pass(59);
    assertThat(episode().outcome()).isNull();
    world.pass(10);
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(world.fetched).isEmpty();
  }

  @Test
  void an_alert_that_is_confirmed_late_is_acted_on() {
    world.playbook(playbook("auto"));
    world.alertmanager = Seen.State.UNKNOWN;
    world.send(leak(0));
    world.run();
    world.pass(10);
    world.alertmanager = Seen.State.FIRING;
    world.pass(3);
    assertThat(world.restarts).hasSize(1);
  }

  @Test
  void a_resolve_before_anything_was_done_cancels() {
    world.playbook(playbook("auto"));
    world.alertmanager = Seen.State.UNKNOWN;
    world.send(leak(0));
    world.run();
    world.send(arrival(5, resolved("f1", -1, 4, "job", "pay")));
    world.pass(8);
    assertThat(episode().outcome()).isEqualTo(Outcome.RESOLVED);
    assertThat(world.fetched).isEmpty();
  }

  @Test
  void a_pause_holds_everything_and_letting_go_lets_it_run() {
    world.playbook(playbook("auto"));
    world.journal.setPause(new Pause(true, T0, "ann", "upgrade")).join();
    world.send(leak(0));
    world.run();
    world.pass(60);
    assertThat(world.fetched).isEmpty();
    assertThat(last("pause").reason()).contains("paused by ann").contains("upgrade");
    world.send(leak(61));
    world.journal.setPause(new Pause(false, world.now, "ann", "")).join();
    world.pass(1);
    assertThat(world.restarts).hasSize(1);
  }

  @Test
  void a_second_alert_of_the_workload_waits_for_the_cooldown() {
    world.playbook(playbook("auto"));
    world.send(leak(0));
    world.run();
    world.pass(30);
    world.send(arrival(31, firing("f2", 30, "job", "pay")));
    world.pass(120);
    assertThat(world.restarts).hasSize(1);
    assertThat(last("cooldown").verdict()).isEqualTo(Decision.Verdict.WAIT);
    world.pass(460);
    assertThat(world.restarts).hasSize(2);
  }

  @Test
  void after_two_runs_that_did_not_help_it_is_left_to_people() {
    world.playbook(playbook("auto").replace("for: 10m", "for: 1s"));
    world.stillLeaks = true;
    for (int i = 0; i < 3; i++) {
      world.send(arrival(100 * i, firing("f" + i, 100 * i, "job", "pay")));
      world.run();
      world.pass(100);
    }
    assertThat(world.restarts).hasSize(2);
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(episode().outcomeText()).contains("left to people");
    assertThat(episode().escalated()).isTrue();
    assertThat(world.told).hasSize(3);
  }

  @Test
  void two_alerts_at_once_restart_one_target_once_at_a_time() {
    world.playbook(playbook("auto").replace("for: 10m}", "for: 1s}\n  rateLimit: []"));
    world.send(arrival(0, firing("f1", 0, "job", "pay"), firing("f2", 0, "job", "pay")));
    world.run();
    world.pass(5);
    assertThat(world.restarts).hasSize(1);
    assertThat(last("blast-radius").verdict()).isEqualTo(Decision.Verdict.WAIT);
  }

  @Test
  void a_capture_that_fails_stops_before_anything_is_destroyed() {
    world.playbook(playbook("auto"));
    world.captureFailures = 9;
    world.send(leak(0));
    world.run();
    assertThat(episode().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(world.effects).isZero();
    assertThat(world.told).hasSize(1);
  }

  @Test
  void a_capture_that_fails_may_be_borne_with() {
    world.playbook(
        playbook("auto")
            .replace(
                "- diagnose: {}", "  onError: continue\n  - {diagnose: {}, onError: continue}"));
    world.captureFailures = 9;
    world.send(leak(0));
    world.run();
    assertThat(world.restarts).hasSize(1);
    assertThat(steps(StepPhase.STEPS))
        .extracting(StepRecord::state)
        .containsExactly(StepState.FAILED, StepState.FAILED, StepState.OK);
  }

  @Test
  void an_answer_that_was_lost_is_asked_for_and_not_sent_again() {
    world.playbook(playbook("auto"));
    world.restartAnswers = StepResult.Status.UNSETTLED;
    world.send(leak(0));
    world.run();
    assertThat(world.effects).isEqualTo(1);
    assertThat(steps(StepPhase.STEPS).get(2).state()).isEqualTo(StepState.OK);
    assertThat(steps(StepPhase.STEPS).get(2).text()).isEqualTo("has happened");
  }

  @Test
  void what_cannot_be_settled_is_unknown_and_escalates() {
    world.playbook(playbook("auto"));
    world.restartAnswers = StepResult.Status.UNSETTLED;
    world.canSettle = false;
    world.send(leak(0));
    world.run();
    assertThat(world.effects).isEqualTo(1);
    assertThat(episode().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(episode().escalated()).isTrue();
  }

  @Test
  void a_settle_that_does_not_answer_is_asked_until_the_deadline() {
    world.playbook(playbook("auto").replace("- http:", "- deadline: 20s\n    http:"));
    world.restartAnswers = StepResult.Status.UNSETTLED;
    world.canSettle = false;
    world.settleAnswers = new Settlement.AskAgain("supervisor is down");
    world.send(leak(0));
    world.run();
    world.pass(15);
    assertThat(episode().outcome()).isNull();
    world.canSettle = true;
    world.pass(2);
    assertThat(episode().outcome()).isEqualTo(Outcome.RESET);
    assertThat(world.effects).isEqualTo(1);
  }

  @Test
  void a_target_that_means_something_else_after_a_reload_is_not_touched() {
    world.playbook(playbook("approve"));
    world.send(leak(0));
    world.run();
    world.targets(
        new StaticTarget(
            "payments",
            URI.create("http://10.0.0.9:6060/debug/pprof"),
            Map.of("job", "pay"),
            null));
    world
        .journal
        .answer(new Approval(world.only(), world.now, "ann", true, execution().planHash(), ""))
        .join();
    world.pass(2);
    assertThat(episode().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(world.fetched).isEmpty();
  }

  @Test
  void promql_checks_count_on_over_a_restart() {
    world.playbook(
        playbook("auto")
            .replace(
                "{slope: {signal: goroutines, window: 20s}}",
                "{promql: {expr: 'go_goroutines{job=\"$job\"}', success: 'result < 500', interval: 5s}}"));
    world.send(leak(0));
    world.run();
    world.pass(6);
    world.restart();
    world.pass(4);
    assertThat(episode().outcome()).isEqualTo(Outcome.RESET);
    world.pass(6);
    assertThat(episode().outcome()).isEqualTo(Outcome.CURED);
  }

  @Test
  void promql_checks_that_fail_too_often_fail_and_no_data_is_inconclusive() {
    String queried =
        playbook("auto")
            .replace(
                "{slope: {signal: goroutines, window: 20s}}",
                "{promql: {expr: 'up', success: 'result < 500', interval: 5s, failureLimit: 1}}");
    world.playbook(queried);
    world.promqlValue = 900;
    world.send(leak(0));
    world.run();
    world.pass(20);
    assertThat(episode().outcome()).isEqualTo(Outcome.FAILED);
    world.promqlValue = Double.NaN;
    world.send(arrival(700, firing("f2", 699, "job", "pay")));
    world.now = T0.plusSeconds(700);
    world.run();
    world.pass(20);
    assertThat(episode().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
  }

  @Test
  void a_playbook_runs_once_an_episode_however_often_it_is_notified() {
    world.playbook(playbook("auto").replace("for: 10m", "for: 1s"));
    for (int i = 0; i < 50; i++) {
      world.send(leak(0));
      world.pass(2);
    }
    assertThat(world.restarts).hasSize(1);
  }

  @Test
  void a_stale_firing_after_the_resolve_never_acts_unless_confirmed() {
    world.playbook(playbook("auto"));
    world.send(arrival(0, resolved("f1", -10, -1, "job", "pay")));
    world.alertmanager = Seen.State.NOT_FIRING;
    world.send(arrival(1, firing("f1", -10, "job", "pay")));
    world.run();
    world.pass(90);
    assertThat(world.effects).isZero();
    assertThat(episode().late()).isTrue();
    assertThat(episode().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void a_silent_episode_expires_when_alertmanager_has_it_no_more() {
    world.playbook(playbook("dry-run"));
    world.send(leak(0));
    world.run();
    world.now = T0.plusSeconds(7 * 3600);
    world.housekeeping.runDue(world.now);
    assertThat(episode().status()).isEqualTo(EpisodeStatus.FIRING);
    world.alertmanager = Seen.State.NOT_FIRING;
    world.now = world.now.plusSeconds(7 * 3600);
    world.housekeeping.runDue(world.now);
    assertThat(episode().status()).isEqualTo(EpisodeStatus.EXPIRED);
  }
}
