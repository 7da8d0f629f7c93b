package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.e2e.server.WebhookApi;
import dev.tidemark.webhook.journal.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real Alertmanager notifies a webhook that dies, without a last word, at one place and is
 * started again: the episode still ends once, and what it restarts is restarted exactly once.
 */
@NeedsTools
@NeedsPrograms
class CrashTest {
  @TempDir static Path folder = Path.of("");
  private static @Nullable CrashWorld world;

  /**
   * The http step is the third: the places around a step are passed for pprof and diagnose before.
   */
  static Stream<String> places() {
    Stream<String> first = Stream.of(CrashPoint.values()).map(CrashPoint::text);
    Stream<String> aroundHttp =
        Stream.of(
                CrashPoint.INTENT_BEFORE_COMMIT,
                CrashPoint.INTENT_AFTER_COMMIT,
                CrashPoint.EFFECT_AFTER,
                CrashPoint.OUTCOME_BEFORE_COMMIT,
                CrashPoint.OUTCOME_AFTER_COMMIT)
            .map(point -> point.text() + ":3");
    return Stream.concat(first, aroundHttp);
  }

  @BeforeAll
  static void begin(Tools tools) throws Exception {
    world = new CrashWorld(folder, tools, places().map(CrashTest::name).toList());
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  @Execution(ExecutionMode.CONCURRENT)
  void an_episode_ends_once_wherever_the_webhook_dies(String place) throws Exception {
    CrashWorld here = Objects.requireNonNull(world);
    String name = name(place);
    Program webhook = here.webhook(name, "--test.crash-at=" + place);
    webhook.awaitReady(Duration.ofSeconds(60));
    here.fire(name);
    assertThat(webhook.process().await(60, TimeUnit.SECONDS))
        .as(webhook.process().describe())
        .isEqualTo(137);

    webhook.startAgain("--test.crash-at");
    webhook.awaitReady(Duration.ofSeconds(60));
    WebhookApi api = new WebhookApi(here.http(), webhook.url());
    JsonNode done =
        Await.until(
            "the episode has an outcome after dying at " + place,
            Duration.ofSeconds(90),
            () -> api.episodes(CrashWorld.ALERT).stream().filter(CrashTest::isOver).findFirst(),
            webhook.process());
    assertThat(done.path("outcome").asText()).as(done.toString()).isEqualTo("cured");
    assertThat(here.restarts(name)).hasValue(1);

    here.resolve(name);
    List<JsonNode> episodes =
        Await.until(
            "the episode closes after dying at " + place,
            Duration.ofSeconds(60),
            () -> Optional.of(api.episodes(CrashWorld.ALERT)).filter(CrashTest::allResolved),
            webhook.process());
    assertThat(episodes).hasSize(1);
    assertThat(here.restarts(name)).hasValue(1);
    webhook.kill();
  }

  private static String name(String place) {
    return place.replace(':', '-');
  }

  private static boolean isOver(JsonNode episode) {
    String outcome = episode.path("outcome").asText("null");
    return !List.of("null", "reset").contains(outcome);
  }

  private static boolean allResolved(List<JsonNode> episodes) {
    return episodes.stream().allMatch(e -> e.path("status").asText().equals("resolved"));
  }
}
