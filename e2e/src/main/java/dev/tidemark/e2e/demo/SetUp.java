package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.Alertmanager;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.WebhookApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Starts everything, in the order that data flows, and tells how long each took. */
record SetUp(Lab lab, Screen screen) {

  Stand run() throws IOException, InterruptedException, Await.NotReached {
    screen.heading("Setting up (logs: " + lab.logs() + ")");
    GoService.Built built = timed("Go service compiled", lab::buildService);
    Fleet fleet = timed("3 services run: catalog, search, orders", () -> lab.startFleet(built));
    timed("rules, alerts and routes written by `tidemark rules generate`", lab::configure);
    timed("7 days of history as Prometheus blocks", () -> lab.writeHistory(fleet));
    Prometheus prometheus = timed("Prometheus", lab::startPrometheus);
    Program exporter = lab.startExporter();
    Program webhook = lab.startWebhook();
    Alertmanager unused = timed("Alertmanager", lab::startAlertmanager);
    timed("webhook", () -> webhook.awaitReady(Duration.ofSeconds(30)));
    timed("exporter, and it has learnt from the history", () -> learned(prometheus, exporter));
    return new Stand(
        fleet, prometheus, exporter, webhook, new WebhookApi(lab.http(), webhook.url()));
  }

  private static void learned(Prometheus prometheus, Program exporter)
      throws Await.NotReached, InterruptedException {
    exporter.awaitReady(Duration.ofSeconds(60));
    Await.that(
        "the exporter judges all three services",
        Duration.ofSeconds(60),
        () ->
            prometheus
                .value("count(tidemark_history_seconds{signal=\"goroutines\"} > 6 * 86400)")
                .filter(targets -> targets >= 3)
                .isPresent(),
        exporter.process());
  }

  private void timed(String what, Work work)
      throws IOException, InterruptedException, Await.NotReached {
    Instant began = Instant.now();
    work.go();
    screen.done(what, Duration.between(began, Instant.now()));
  }

  private <T> T timed(String what, Making<T> making)
      throws IOException, InterruptedException, Await.NotReached {
    Instant began = Instant.now();
    T made = making.go();
    screen.done(what, Duration.between(began, Instant.now()));
    return made;
  }

  private interface Work {
    void go() throws IOException, InterruptedException, Await.NotReached;
  }

  private interface Making<T> {
    T go() throws IOException, InterruptedException, Await.NotReached;
  }
}
