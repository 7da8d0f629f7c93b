package dev.tidemark.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A real Prometheus on a loopback port, and the calls of its API that tests make. */
public final class Prometheus {
  private final Http http;
  private final String url;
  private OwnedProcess process;

  private Prometheus(Http http, String url, OwnedProcess process) {
    this.http = http;
    this.url = url;
    this.process = process;
  }

  public static Prometheus start(
      Processes processes, Tools tools, int port, Path config, Path data, Http http)
      throws IOException {
    return new Prometheus(
        http, "http://127.0.0.1:" + port, launch(processes, tools, port, config, data));
  }

  /** Starts it again on the same data after it was stopped. */
  public void restart(Processes processes, Tools tools, int port, Path config, Path data)
      throws IOException {
    process = launch(processes, tools, port, config, data);
  }

  /** Starts one on a data folder of the past, which it keeps however old it is. */
  public static Prometheus ofThePast(
      Processes processes, Tools tools, int port, Path config, Path data, Http http)
      throws IOException {
    return new Prometheus(
        http, "http://127.0.0.1:" + port, launch(processes, tools, port, config, data, "100y"));
  }

  private static OwnedProcess launch(
      Processes processes, Tools tools, int port, Path config, Path data) throws IOException {
    return launch(processes, tools, port, config, data, "15d");
  }

  private static OwnedProcess launch(
      Processes processes, Tools tools, int port, Path config, Path data, String retention)
      throws IOException {
    return processes.start(
        "prometheus",
        List.of(
            tools.prometheus().toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + data,
            "--storage.tsdb.retention.time=" + retention,
            "--query.timeout=10m", // a week of rules at a time, on a busy machine
            "--web.listen-address=127.0.0.1:" + port,
            "--log.level=warn"));
  }

  public String url() {
    return url;
  }

  public OwnedProcess process() {
    return process;
  }

  public void awaitReady(Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that("Prometheus is ready", atMost, () -> http.answers(url + "/-/ready"), process);
  }

  /** One row of an instant query. */
  public record Row(Map<String, String> labels, double value) {
    public String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  /** The rows of an instant query now; an error of the query is an IOException. */
  public List<Row> query(String expr) throws IOException, InterruptedException {
    JsonNode result =
        http.json(url + "/api/v1/query?query=" + Http.encode(expr)).path("data").path("result");
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : result) {
      Map<String, String> labels = new TreeMap<>();
      row.path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      rows.add(new Row(labels, number(row.path("value").path(1).asText())));
    }
    return rows;
  }

  /** The value of the only (or first) row; empty when there is none. */
  public Optional<Double> value(String expr) throws IOException, InterruptedException {
    return query(expr).stream().map(Row::value).findFirst();
  }

  /** Parses as Prometheus prints: {@code NaN}, {@code +Inf} and {@code -Inf} too. */
  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
