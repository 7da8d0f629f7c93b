package dev.tidemark.rules.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.rules.Generator;
import dev.tidemark.rules.Tool;
import dev.tidemark.rules.spec.SpecText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running Alertmanager with our configuration holds back what we say it holds back. */
class InhibitionsOnAlertmanagerTest {
  private static final long SEED = Long.getLong("seed", 4);
  private static final int ALERTS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      routing: {groupWait: 1s}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://127.0.0.1:1/x"}}]
      services:
        - name: api
          team: pay
          selector: {job: api}
          alerts: [{use: goroutine-leak}]
      inhibit:
        - {source: {severity: critical}, target: {severity: warning}, equal: [alertname, pod]}
        - {source: {alertname: NodeDown}, target: {team: pay}, equal: [node]}
      """;

  @TempDir Path folder = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private Optional<Process> running = Optional.empty();

  @AfterEach
  void end() {
    running.ifPresent(
        process -> {
          process.destroy();
          process.onExit().join();
        });
  }

  @Test
  @Timeout(60)
  void random_alerts_are_held_back_as_we_say() throws Exception {
    Generator.Output output =
        Generator.generate(List.of(new SpecText("spec.yaml", SPEC)), all -> List.of());
    String url = start(output.files().getOrDefault("alertmanager/alertmanager.yml", new byte[0]));
    List<Map<String, String>> alerts = alerts(new Random(SEED));
    Inhibitions rules = Inhibitions.of(output.model().routing());
    Set<Map<String, String>> held = new HashSet<>();
    for (Map<String, String> alert : alerts) {
      if (rules.holdsBack(alert, alerts).isPresent()) {
        held.add(alert);
      }
    }
    assertThat(held).as("seed %d", SEED).isNotEmpty().hasSizeLessThan(alerts.size());
    post(url, alerts);
    Set<Map<String, String>> said = Set.of();
    // the inhibitor hears of alerts a moment after they were taken
    for (int look = 0; look < 100 && !said.equals(held); look++) {
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
      said = inhibited(url, alerts.size());
    }
    assertThat(said).as("seed %d", SEED).isEqualTo(held);
  }

  private String start(byte[] config) throws Exception {
    Optional<Tool> alertmanager =
        Tool.find("alertmanager").or(() -> Tool.find("prometheus-alertmanager"));
    assumeTrue(alertmanager.isPresent());
    Files.write(folder.resolve("alertmanager.yml"), config);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                alertmanager.get().binary().toString(),
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("data"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("alertmanager.log").toFile())
            .start();
    running = Optional.of(process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    String url = "http://127.0.0.1:" + port;
    for (int look = 0; look < 200; look++) {
      assertThat(process.isAlive()).as(() -> text(folder.resolve("alertmanager.log"))).isTrue();
      if (isReady(url)) {
        return url;
      }
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    throw new IOException("Alertmanager does not become ready");
  }

  private boolean isReady(String url) throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/-/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<Map<String, String>> alerts(Random random) {
    Set<Map<String, String>> alerts = new HashSet<>();
    while (alerts.size() < ALERTS) {
      Map<String, String> labels = new TreeMap<>();
      labels.put("alertname", pick(random, "A", "B", "NodeDown"));
      label(labels, "severity", pick(random, "critical", "warning", "info", ""));
      label(labels, "team", pick(random, "pay", "shop", ""));
      label(labels, "pod", pick(random, "1", "2", ""));
      label(labels, "node", pick(random, "n", "m", ""));
      // 0.33 remembers one source for equal labels: an alert on both sides is held back or not by
      // which came first (0.25 holds it back, as we say)
      if (!("NodeDown".equals(labels.get("alertname")) && "pay".equals(labels.get("team")))) {
        alerts.add(labels);
      }
    }
    return new ArrayList<>(alerts);
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static void label(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }

  private void post(String url, List<Map<String, String>> alerts) throws Exception {
    List<Map<String, Object>> body = new ArrayList<>();
    alerts.forEach(labels -> body.add(Map.of("labels", labels)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** The labels of those that are held back; none while not all are known. */
  private Set<Map<String, String>> inhibited(String url, int all) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts")).build();
    JsonNode alerts =
        JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    Set<Map<String, String>> held = new HashSet<>();
    if (alerts.size() == all) {
      for (JsonNode alert : alerts) {
        if (!alert.path("status").path("inhibitedBy").isEmpty()) {
          Map<String, String> labels = new TreeMap<>();
          for (Map.Entry<String, JsonNode> label : alert.path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().asText());
          }
          held.add(labels);
        }
      }
    }
    return held;
  }
}
