package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.step.Settlement;
import dev.tidemark.webhook.step.StepResult;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that fail, lose their answer or find another target than was planned for. */
final class StepsTest extends LeakDispatch {
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
}
