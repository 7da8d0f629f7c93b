package dev.tidemark.webhook.dispatch;

import static dev.tidemark.webhook.dispatch.LeakDispatch.leak;
import static dev.tidemark.webhook.dispatch.LeakDispatch.playbook;
import static dev.tidemark.webhook.journal.Sent.arrival;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.step.StepResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dies at every single place where it can, starts again, and must still act once and come to its
 * end.
 */
final class CrashTest {
  @TempDir Path folder;

  /**
   * A whole episode; a death anywhere is followed by a new start, and Alertmanager sends again what
   * got no answer.
   */
  private static void episode(World world) {
    boolean sent = false;
    boolean ended = false;
    for (int lives = 0; lives < 20; lives++) {
      try {
        if (!sent) {
          world.send(leak(0));
          sent = true;
        }
        world.run();
        world.pass(Duration.ofSeconds(40), Duration.ofSeconds(5));
        if (!ended) {
          world.send(arrival(40, resolved("f1", -1, 39, "job", "pay")));
          ended = true;
        }
        world.pass(Duration.ofSeconds(10), Duration.ofSeconds(5));
        return;
      } catch (Halt halt) {
        world.restart();
      }
    }
    throw new AssertionError("it died again and again");
  }

  private static int passings(Path folder, String mode, boolean leaks) throws Exception {
    try (World world = new World(Files.createDirectories(folder.resolve("count")))) {
      world.playbook(playbook(mode));
      world.stillLeaks = leaks;
      episode(world);
      return world.passed;
    }
  }

  @Test
  void at_every_passing_of_every_point_the_target_is_restarted_once_and_the_episode_ends()
      throws Exception {
    int all = passings(folder, "auto", false);
    assertThat(all).isGreaterThan(30);
    for (int at = 1; at <= all; at++) {
      try (World world = new World(Files.createDirectories(folder.resolve("die" + at)))) {
        world.playbook(playbook("auto"));
        world.dieAt = at;
        episode(world);
        String where = "died at " + world.points.get(at - 1).text() + ", passing " + at;
        check(world, where, Outcome.CURED);
        assertThat(world.restarts).as(where).hasSize(1);
      }
    }
  }

  @Test
  void a_recurring_leak_is_told_to_people_wherever_it_died() throws Exception {
    int all = passings(folder, "auto", true);
    for (int at = 3; at <= all; at += 3) {
      try (World world = new World(Files.createDirectories(folder.resolve("die" + at)))) {
        world.playbook(playbook("auto"));
        world.stillLeaks = true;
        world.dieAt = at;
        episode(world);
        String where = "died at " + world.points.get(at - 1).text() + ", passing " + at;
        check(world, where, Outcome.RECURS);
        assertThat(world.restarts).as(where).hasSize(1);
        assertThat(world.told.size()).as("at least once; " + where).isBetween(1, 2);
      }
    }
  }

  @Test
  void a_lost_answer_and_a_death_together_still_restart_once() throws Exception {
    for (int at = 1; at <= 60; at += 2) { // every point at least once; all passings: above
      try (World world = new World(Files.createDirectories(folder.resolve("lost" + at)))) {
        world.playbook(playbook("auto"));
        world.restartAnswers = StepResult.Status.UNSETTLED;
        world.dieAt = at;
        episode(world);
        check(world, "died at passing " + at, Outcome.CURED);
        assertThat(world.restarts).as("died at passing " + at).hasSize(1);
      }
    }
  }

  @Test
  void without_a_way_to_settle_the_effect_is_never_begun_twice() throws Exception {
    for (int at = 2; at <= 60; at += 2) {
      try (World world = new World(Files.createDirectories(folder.resolve("blind" + at)))) {
        world.playbook(playbook("auto"));
        world.canSettle = false;
        world.dieAt = at;
        episode(world);
        String where = "died at passing " + at;
        assertThat(world.effects).as(where).isLessThanOrEqualTo(1);
        Episode episode = world.journal.episode(world.only()).orElseThrow();
        assertThat(episode.outcome()).as(where).isIn(Outcome.CURED, Outcome.UNKNOWN);
        if (world.effects == 0 || episode.outcome() == Outcome.UNKNOWN) {
          assertThat(episode.escalated()).as(where).isTrue();
        }
      }
    }
  }

  @Test
  void the_points_are_all_passed() throws Exception {
    try (World world = new World(folder)) {
      world.playbook(playbook("auto"));
      episode(world);
      Set<CrashPoint> passed = EnumSet.copyOf(world.points);
      assertThat(passed).containsExactlyInAnyOrder(CrashPoint.values());
    }
  }

  private static void check(World world, String where, Outcome outcome) throws Exception {
    Episode episode = world.journal.episode(world.only()).orElseThrow();
    assertThat(world.journal.episodes(null, 10, null).items()).as(where).hasSize(1);
    assertThat(episode.outcome()).as(where).isEqualTo(outcome);
    assertThat(world.journal.execution(episode.id()).orElseThrow().state())
        .as(where)
        .isEqualTo(ExecutionState.FINISHED);
    List<StepRecord> steps =
        world.steps().stream().filter(step -> step.phase() == StepPhase.STEPS).toList();
    assertThat(steps).as(where).extracting(StepRecord::state).containsOnly(StepState.OK);
    assertThat(new HashSet<>(steps)).as(where).hasSize(3);
    for (Evidence evidence : world.journal.evidence(episode.id())) {
      Path file = world.folder.resolve("evidence").resolve(episode.id()).resolve(evidence.name());
      assertThat(Files.size(file)).as(where).isEqualTo(evidence.bytes());
    }
    assertThat(world.journal.evidence(episode.id())).as(where).hasSize(2);
    assertThat(world.journal.findings(episode.id())).as(where).hasSize(1);
  }
}
