package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.T0;
import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.policy.Seen;
import org.junit.jupiter.api.Test;

/**
 * Who lets a plan run: nobody in dry-run, a person, or Tidemark itself; and what proves that it
 * helped.
 */
final class ModesTest extends LeakDispatch {
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
}
