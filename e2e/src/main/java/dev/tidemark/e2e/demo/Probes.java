package dev.tidemark.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the demo looks at: Prometheus and the webhook's API, as their users do. */
record Probes(Stand stand, Http http) {
  static final String ALERT = "GoGoroutineLeak";

  boolean leakState(int atLeast) throws IOException, InterruptedException {
    return stand
        .prometheus()
        .value("tidemark_leak_state{signal=\"goroutines\"," + of(stand.fleet().orders()) + "}")
        .filter(state -> state >= atLeast)
        .isPresent();
  }

  boolean alert(String state) throws IOException, InterruptedException {
    return stand
        .prometheus()
        .value(
            "ALERTS{alertname=\""
                + ALERT
                + "\",alertstate=\""
                + state
                + "\","
                + of(stand.fleet().orders())
                + "}")
        .isPresent();
  }

  /** How many goroutines orders says it has; 0 while it does not answer. */
  long goroutines() throws InterruptedException {
    try {
      return http.get(stand.fleet().orders().url() + "/metrics")
          .lines()
          .filter(line -> line.startsWith("go_goroutines "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(14)))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  void await(Stage stage, int seconds, Await.Condition condition)
      throws Await.NotReached, InterruptedException {
    Await.that(
        stage.title(),
        Duration.ofSeconds(seconds),
        condition,
        stand.prometheus().process(),
        stand.exporter().process());
  }

  /** The episode of the leak once it is so. */
  JsonNode await(Stage stage, int seconds, String episode, Predicate<JsonNode> holds)
      throws Await.NotReached, InterruptedException {
    return Await.until(
        stage.title() + " (episode " + episode + ")",
        Duration.ofSeconds(seconds),
        () -> Optional.of(stand.api().episode(episode)).filter(holds),
        stand.webhook().process());
  }

  String awaitEpisode(Stage stage, int seconds) throws Await.NotReached, InterruptedException {
    return Await.until(
            stage.title(),
            Duration.ofSeconds(seconds),
            () -> stand.api().episodes(ALERT).stream().findFirst(),
            stand.webhook().process())
        .path("id")
        .asText();
  }

  /** The step of this kind; missing while it was not begun. */
  static JsonNode step(JsonNode episode, String kind) {
    for (JsonNode step : episode.path("steps")) {
      if (step.path("kind").asText().equals(kind)) {
        return step;
      }
    }
    return MissingNode.getInstance();
  }

  static List<String> files(JsonNode episode) {
    List<String> names = new ArrayList<>();
    for (JsonNode file : episode.path("evidence")) {
      names.add(file.path("name").asText() + " " + file.path("bytes").asLong() + " B");
    }
    return names;
  }

  private static String of(GoService service) {
    return "job=\"" + service.name() + "\",instance=\"" + service.instance() + "\"";
  }
}
