package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.journal.Sent.T0;
import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.policy.Seen;
import org.junit.jupiter.api.Test;

/** Alerts that are not acted on, or not now, and why. */
final class RefusalsTest extends LeakDispatch {
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
