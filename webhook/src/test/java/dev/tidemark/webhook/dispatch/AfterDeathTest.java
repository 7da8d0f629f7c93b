package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.dispatch.LeakDispatch.leak;
import static dev.tidemark.webhook.dispatch.LeakDispatch.playbook;
import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.policy.Seen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start after a death must still hold to. */
final class AfterDeathTest {
  @TempDir Path folder;

  private static Episode episode(World world) {
    return world.journal.episode(world.only()).orElseThrow();
  }

  /** Right after the restart's intent is on disk: nothing was sent. */
  private static int passingBeforeTheRestart(Path scratch) {
    try (World world = new World(scratch)) {
      world.playbook(playbook("auto"));
      world.send(leak(0));
      world.run();
      int intents = 0;
      for (int i = 0; i < world.points.size(); i++) {
        intents += world.points.get(i) == CrashPoint.INTENT_AFTER_COMMIT ? 1 : 0;
        if (intents == 3) {
          return i + 1;
        }
      }
    }
    throw new AssertionError("there are three steps");
  }

  private World deadBeforeTheRestart() throws Exception {
    World world = new World(Files.createDirectories(folder.resolve("world")));
    world.playbook(playbook("auto"));
    world.dieAt = passingBeforeTheRestart(Files.createDirectories(folder.resolve("scratch")));
    world.send(leak(0));
    assertThatThrownBy(world::run).isInstanceOf(Halt.class);
    world.restart();
    assertThat(world.steps().get(world.steps().size() - 1))
        .matches(step -> step.kind().equals("http") && step.state() == StepState.INTENDED);
    assertThat(world.effects).isZero();
    return world;
  }

  @Test
  void a_failed_capture_stops_the_playbook_wherever_it_died() throws Exception {
    for (int at = 1; at <= 30; at++) {
      try (World world = new World(Files.createDirectories(folder.resolve("die" + at)))) {
        world.playbook(playbook("auto"));
        world.captureFailures = 1000;
        world.dieAt = at;
        for (int life = 0; life < 2; life++) {
          try {
            world.send(leak(0));
            world.run();
            world.pass(Duration.ofSeconds(40), Duration.ofSeconds(5));
          } catch (Halt halt) {
            world.restart();
          }
        }
        String where = "died at passing " + at;
        assertThat(world.restarts).as(where).isEmpty();
        assertThat(episode(world).outcome()).as(where).isEqualTo(Outcome.FAILED);
        assertThat(episode(world).escalated()).as(where).isTrue();
      }
    }
  }

  @Test
  void what_has_not_happened_is_not_begun_again_once_the_alert_has_resolved() throws Exception {
    try (World world = deadBeforeTheRestart()) {
      world.send(arrival(40, resolved("f1", -1, 39, "job", "pay")));
      world.pass(60);
      assertThat(world.restarts).isEmpty();
      assertThat(episode(world).outcome()).isEqualTo(Outcome.RESOLVED);
      assertThat(world.steps())
          .filteredOn(step -> step.phase() == StepPhase.STEPS && step.index() == 2)
          .singleElement()
          .matches(step -> step.state() == StepState.SKIPPED, "is left out")
          .matches(step -> step.text().contains("has not happened"), "says why");
    }
  }

  @Test
  void what_has_not_happened_is_not_begun_again_while_everything_is_paused() throws Exception {
    try (World world = deadBeforeTheRestart()) {
      world.journal.setPause(new Pause(true, world.now, "ann", "storm")).join();
      world.pass(60);
      assertThat(world.restarts).isEmpty();
      world.journal.setPause(new Pause(false, world.now, "ann", "")).join();
      world.run();
      assertThat(world.restarts).hasSize(1);
    }
  }

  @Test
  void a_capture_that_the_stop_itself_interrupts_has_not_failed() {
    try (World world = new World(folder)) {
      world.playbook(playbook("auto"));
      world.captureFailures = 2;
      world.whileCapturing = () -> world.dispatcher.abandon();
      world.send(leak(0));
      world.run();
      assertThat(world.steps())
          .singleElement()
          .matches(step -> step.state() == StepState.INTENDED, "is settled at the next start");
      world.whileCapturing = () -> {};
      world.restart();
      world.run();
      assertThat(world.restarts).hasSize(1);
    }
  }

  @Test
  void an_episode_that_cannot_be_planned_keeps_no_other_waiting() {
    try (World world = new World(folder)) {
      world.playbook(playbook("auto"));
      world.send(arrival(0, firing("f0", -1, "job", "pay", "poison", "plan")));
      String poisoned = world.only();
      world.send(leak(0));
      world.run();
      assertThat(world.restarts).hasSize(1);
      Episode episode = world.journal.episode(poisoned).orElseThrow();
      assertThat(episode.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(episode.outcomeText()).contains("mistake in the program");
    }
  }

  @Test
  void people_are_told_of_what_the_program_itself_cannot_finish() {
    try (World world = new World(folder)) {
      world.playbook(playbook("auto"));
      world.send(arrival(0, firing("f0", -1, "job", "pay", "poison", "run")));
      world.run();
      world.pass(80);
      assertThat(episode(world).outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(episode(world).escalated()).isTrue();
      assertThat(world.told).hasSize(1);
    }
  }

  @Test
  void what_a_mistaken_resolve_cancelled_runs_when_the_same_alert_fires_again() {
    try (World world = new World(folder)) {
      world.playbook(playbook("auto"));
      world.alertmanager = Seen.State.UNKNOWN;
      world.send(leak(0));
      world.run();
      world.send(arrival(5, resolved("f1", -1, 4, "job", "pay")));
      world.pass(8);
      assertThat(episode(world).outcome()).isEqualTo(Outcome.RESOLVED);
      world.alertmanager = Seen.State.FIRING;
      world.send(arrival(9, firing("f1", -1, "job", "pay")));
      world.pass(2);
      assertThat(world.restarts).hasSize(1);
      assertThat(episode(world).outcome()).isEqualTo(Outcome.RESET);
      assertThat(world.journal.episodes(null, 10, null).items()).hasSize(1);
    }
  }

  @Test
  void an_alertmanager_that_does_not_answer_is_asked_once_and_not_for_each_silent_episode() {
    try (World world = new World(folder)) {
      for (int i = 0; i < 5; i++) {
        world.send(arrival(0, firing("f" + i, -1, "job", "other")));
      }
      world.run();
      world.alertmanager = Seen.State.UNKNOWN;
      world.now = world.now.plus(Duration.ofHours(7));
      world.housekeeping.runDue(world.now);
      assertThat(world.looks).isEqualTo(1);
    }
  }
}
