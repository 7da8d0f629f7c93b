package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Alertmanager with a configuration of ours; ends with the test. */
public final class RealAlertmanager implements AutoCloseable {
  /** What the generator's output is promised to run on; newer ones are tried, too. */
  private static final List<String> RELEASES = List.of("0.25", "0.28", "0.33");

  private static final Pattern VERSION = Pattern.compile("version (\\d+\\.\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final String url;

  private RealAlertmanager(Process process, Path log, String url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /** A program, and which release it says it is. */
  public record Program(Tool tool, String release) {
    @Override
    public String toString() {
      return "Alertmanager " + release;
    }
  }

  /**
   * The one that all tests use, and those in the folders that TIDEMARK_OTHER_TOOLS names; one of a
   * release. Skips the test where there is none, and says loudly which releases are not tried.
   */
  public static Stream<Program> every() throws IOException, InterruptedException {
    Map<String, Program> found = new TreeMap<>();
    for (Tool tool : tools()) {
      Matcher version = VERSION.matcher(tool.run(Path.of("."), "--version").text());
      if (version.find()) {
        found.putIfAbsent(version.group(1), new Program(tool, version.group(1)));
      }
    }
    List<String> missing = RELEASES.stream().filter(r -> !found.containsKey(r)).toList();
    if (!missing.isEmpty()) {
      System.err.println(
          "SKIPPED: Alertmanager "
              + String.join(", ", missing)
              + ": no folder in TIDEMARK_OTHER_TOOLS has it");
    }
    assumeTrue(!found.isEmpty());
    return found.values().stream();
  }

  private static List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    names().map(Tool::find).flatMap(Optional::stream).limit(1).forEach(tools::add);
    String others = System.getenv().getOrDefault("TIDEMARK_OTHER_TOOLS", "");
    for (String folder : others.split(File.pathSeparator)) {
      names()
          .map(name -> Path.of(folder, name))
          .filter(path -> !folder.isEmpty() && Files.isExecutable(path))
          .map(Tool::new)
          .limit(1)
          .forEach(tools::add);
    }
    return tools;
  }

  /** The second is what Debian calls it. */
  private static Stream<String> names() {
    return Stream.of("alertmanager", "prometheus-alertmanager");
  }

  /** Starts it and waits until it is ready. */
  public static RealAlertmanager start(Program program, Path folder, byte[] config)
      throws IOException, InterruptedException {
    Files.write(folder.resolve("alertmanager.yml"), config);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log = folder.resolve("alertmanager.log");
    Process process =
        new ProcessBuilder(
                program.tool().binary().toString(),
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("data"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    RealAlertmanager server = new RealAlertmanager(process, log, "http://127.0.0.1:" + port);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int look = 0; look < 200; look++) {
      assertThat(process.isAlive()).as(() -> text(log)).isTrue();
      if (isReady()) {
        return;
      }
      pause();
    }
    throw new IOException("Alertmanager does not become ready");
  }

  private boolean isReady() throws InterruptedException {
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

  /** Between two looks at a server that answers when it likes. */
  public static void pause() throws InterruptedException {
    assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Sends alerts with these labels, which fire from now on. */
  public void post(List<Map<String, String>> alerts) throws IOException, InterruptedException {
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

  /** All alerts as its API tells them. */
  public JsonNode alerts() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts")).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The labels of an alert in JSON. */
  public static Map<String, String> labels(JsonNode alert) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : alert.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return labels;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
