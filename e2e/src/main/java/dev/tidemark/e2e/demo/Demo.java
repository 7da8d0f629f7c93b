package dev.tidemark.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.GoService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The story from the set-up to the summary. One thread; each method is a chapter. */
final class Demo {
  private static final int LEAK_PER_SECOND = 8;

  /** The restart takes this long, so that the webhook can be killed in the middle of it. */
  private static final Duration SLOW_RESTART = Duration.ofSeconds(3);

  private final Lab lab;
  private final Screen screen;
  private final CountDownLatch restartBegan = new CountDownLatch(1);
  private @Nullable Stand stand;

  Demo(Lab lab, Screen screen) {
    this.lab = lab;
    this.screen = screen;
  }

  /** Returns when every stage was reached; what was reached and found is in the result. */
  Outcome run() throws IOException, InterruptedException, Await.NotReached {
    introduce();
    Stand ready = new SetUp(lab, screen).run();
    stand = ready;
    Probes probes = new Probes(ready, lab.http());
    lab.supervisor().own("orders", () -> restartSlowly(ready.fleet().orders()));
    deploy(ready.fleet().search());
    Timeline timeline = leak(ready.fleet().orders());
    notice(timeline, probes);
    String episode = respond(timeline, probes);
    crash(timeline, probes, episode);
    JsonNode end = prove(timeline, probes, episode);
    Outcome outcome = new Outcome(timeline.reached(), end);
    new Summary(screen, lab, ready).tell(outcome);
    return outcome;
  }

  /** What the demo ends with. */
  record Outcome(List<Timeline.Reached> reached, JsonNode episode) {}

  private void introduce() {
    screen.heading(
        "Tidemark demo: a goroutine leak, from its first goroutine to the closed episode");
    screen.line(
        "Real        Prometheus, Alertmanager, three Go services with client_golang and pprof; on loopback.");
    screen.line(
        "History     7 healthy days of these services, written by promtool. All else happens now.");
    screen.line(
        "Compressed  scraped and judged every 1 s, growth over 1 min, alert for 5 s, verified over 20 s");
    screen.line("            (a fleet: 30 s, 1 h to 24 h, 15 min, 15 min).");
  }

  private void restartSlowly(GoService orders) throws Exception {
    restartBegan.countDown();
    orders.restart(Fleet.ORDERS_WORKERS, SLOW_RESTART);
    orders.awaitReady(Duration.ofSeconds(10));
  }

  private void deploy(GoService search) throws IOException, InterruptedException, Await.NotReached {
    screen.heading("What happens (seconds since the leak began)");
    search.restart(Fleet.SEARCH_WORKERS_AFTER_DEPLOY, Duration.ofMillis(200));
    search.awaitReady(Duration.ofSeconds(10));
    screen.note("catalog is healthy and flat at 5,000 goroutines");
    screen.note("search got a deploy: restarted, and a step from 300 to 450 goroutines");
  }

  private Timeline leak(GoService orders) throws IOException, InterruptedException {
    orders.behave("leak=" + LEAK_PER_SECOND);
    Timeline timeline = new Timeline(screen, Instant.now());
    timeline.reach(
        Stage.LEAK_ON,
        "orders, at "
            + Fleet.ORDERS_WORKERS
            + ", leaks "
            + LEAK_PER_SECOND
            + " goroutines a second");
    return timeline;
  }

  private static void notice(Timeline timeline, Probes probes)
      throws Await.NotReached, InterruptedException {
    probes.await(Stage.SUSPECTED, 60, () -> probes.leakState(1));
    timeline.reach(
        Stage.SUSPECTED, "leak state 1, suspected, at " + probes.goroutines() + " goroutines");
    probes.await(Stage.CONFIRMED, 60, () -> probes.leakState(2));
    timeline.reach(
        Stage.CONFIRMED, "leak state 2, confirmed, at " + probes.goroutines() + " goroutines");
    probes.await(Stage.PENDING, 30, () -> probes.alert("pending") || probes.alert("firing"));
    timeline.reach(Stage.PENDING, "alert " + Probes.ALERT + " pending");
    probes.await(Stage.FIRING, 60, () -> probes.alert("firing"));
    timeline.reach(Stage.FIRING, "alert firing, at " + probes.goroutines() + " goroutines");
  }

  private static String respond(Timeline timeline, Probes probes)
      throws Await.NotReached, InterruptedException {
    String id = probes.awaitEpisode(Stage.ON_DISK, 20);
    timeline.reach(Stage.ON_DISK, "notification on disk, episode " + id);
    JsonNode saved = probes.await(Stage.EVIDENCE, 40, id, e -> e.path("evidence").size() >= 2);
    timeline.reach(Stage.EVIDENCE, "saved, untouched: " + String.join(", ", Probes.files(saved)));
    JsonNode found = probes.await(Stage.FINDING, 20, id, e -> e.path("finding").hasNonNull("text"));
    timeline.reach(Stage.FINDING, "finding: " + found.path("finding").path("text").asText());
    return id;
  }

  /** Kills the webhook in mid-step and starts it again. */
  private void crash(Timeline timeline, Probes probes, String id)
      throws IOException, Await.NotReached, InterruptedException {
    var webhook = probes.stand().webhook();
    if (!restartBegan.await(30, TimeUnit.SECONDS)) {
      throw new Await.NotReached(
          "the http step did not ask the supervisor: " + webhook.process().describe());
    }
    webhook.kill();
    timeline.reach(Stage.KILLED, "webhook killed (SIGKILL) while orders is being restarted");
    webhook.startAgain();
    webhook.awaitReady(Duration.ofSeconds(30));
    JsonNode settled =
        probes.await(Stage.SETTLED, 60, id, e -> Probes.step(e, "http").hasNonNull("outcomeAt"));
    JsonNode step = Probes.step(settled, "http");
    timeline.reach(
        Stage.SETTLED,
        "webhook is back; step "
            + step.path("outcome").asText()
            + ": "
            + step.path("text").asText());
    GoService orders = probes.stand().fleet().orders();
    int restarts = orders.starts() - 1;
    if (restarts != 1) {
      throw new Await.NotReached("orders was restarted " + restarts + " times, not once");
    }
    orders.awaitReady(Duration.ofSeconds(15));
    timeline.reach(
        Stage.RESTARTED,
        "orders restarted exactly once, at " + probes.goroutines() + " goroutines");
  }

  private static JsonNode prove(Timeline timeline, Probes probes, String id)
      throws Await.NotReached, InterruptedException {
    Set<Stage> left = EnumSet.of(Stage.RESOLVED, Stage.VERIFIED, Stage.CLOSED);
    Await.that(
        "the alert resolves, the slope is verified and the episode closes; left: " + left,
        Duration.ofSeconds(90),
        () -> {
          JsonNode episode = probes.stand().api().episode(id);
          if (left.contains(Stage.RESOLVED) && !probes.alert("firing")) {
            left.remove(Stage.RESOLVED);
            timeline.reach(Stage.RESOLVED, "alert resolved in Prometheus");
          }
          if (left.contains(Stage.VERIFIED) && isFinal(episode)) {
            left.remove(Stage.VERIFIED);
            timeline.reach(Stage.VERIFIED, "verified: " + episode.path("outcomeText").asText());
          }
          if (left.contains(Stage.CLOSED) && episode.path("status").asText().equals("resolved")) {
            left.remove(Stage.CLOSED);
            timeline.reach(Stage.CLOSED, "the resolve is on disk and the episode closed");
          }
          return left.isEmpty();
        },
        probes.stand().webhook().process());
    return probes.await(Stage.VERIFIED, 5, id, e -> e.path("outcome").asText().equals("cured"));
  }

  private static boolean isFinal(JsonNode episode) {
    String outcome = episode.path("outcome").asText("");
    return !outcome.isEmpty() && !outcome.equals("null") && !outcome.equals("reset");
  }

  /** Where to look while everything is left running. */
  void tellAddresses() {
    screen.heading("Left running until Ctrl-C");
    Stand running = stand;
    if (running == null) {
      screen.line("the set-up did not finish; logs: " + lab.logs());
      return;
    }
    screen.line("webhook     " + running.webhook().url() + "/");
    screen.line("exporter    " + running.exporter().url() + "/");
    screen.line("Prometheus  " + running.prometheus().url() + "/alerts");
  }
}
