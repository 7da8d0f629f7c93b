package dev.tidemark.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Alertmanager on a loopback port, alone (no gossip). */
public record Alertmanager(Http http, String url, OwnedProcess process) {

  public static Alertmanager start(
      Processes processes, Tools tools, int port, Path config, Path data, Http http)
      throws IOException {
    OwnedProcess process =
        processes.start(
            "alertmanager",
            List.of(
                tools.alertmanager().toString(),
                "--config.file=" + config,
                "--storage.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="));
    return new Alertmanager(http, "http://127.0.0.1:" + port, process);
  }

  public void awaitReady(Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that("Alertmanager is ready", atMost, () -> http.answers(url + "/-/ready"), process);
  }

  /** The alerts it holds now, active or not. */
  public JsonNode alerts() throws IOException, InterruptedException {
    return http.json(url + "/api/v2/alerts");
  }
}
