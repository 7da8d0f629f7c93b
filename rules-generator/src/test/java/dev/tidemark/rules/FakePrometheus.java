package dev.tidemark.rules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** Answers the API of Prometheus with what a test says. */
public final class FakePrometheus implements AutoCloseable {
  private static final String VERSION =
      "{\"status\":\"success\",\"data\":{\"version\":\"2.53.1\",\"revision\":\"\",\"goVersion\":\"\"}}";

  private final HttpServer http;
  private volatile String targets = "";
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param answers of the parameters of a query the rows, as JSON of {@code result}; one that
   *     begins with an exclamation mark is an error of the server
   */
  public FakePrometheus(String version, Function<Map<String, String>, String> answers)
      throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/api/v1/status/buildinfo",
        exchange ->
            answer(exchange, version.isEmpty() ? 404 : 200, VERSION.replace("2.53.1", version)));
    http.createContext(
        "/api/v1/targets", exchange -> answer(exchange, targets.isEmpty() ? 404 : 200, targets));
    http.createContext("/api/v1/query", exchange -> query(exchange, "vector", answers));
    http.createContext("/api/v1/query_range", exchange -> query(exchange, "matrix", answers));
    http.start();
  }

  /** What it says that it scrapes: labels, with the interval. */
  public void scrapes(Map<Map<String, String>, String> intervals) {
    StringJoiner all = new StringJoiner(",", "[", "]");
    intervals.forEach(
        (labels, interval) ->
            all.add(
                "{\"discoveredLabels\":{\"__scrape_interval__\":\"1s\"},\"labels\":"
                    + labels(labels)
                    + ",\"scrapePool\":\"p\",\"health\":\"up\",\"scrapeInterval\":\""
                    + interval
                    + "\",\"scrapeTimeout\":\"1s\"}"));
    targets =
        "{\"status\":\"success\",\"data\":{\"droppedTargets\":[],\"activeTargets\":" + all + "}}";
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** The expressions that were asked, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void query(
      HttpExchange exchange, String type, Function<Map<String, String>, String> answers)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    asked.add(form.getOrDefault("query", ""));
    String rows = answers.apply(form);
    if (rows.startsWith("!")) {
      answer(
          exchange,
          422,
          "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\""
              + rows.substring(1)
              + "\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\""
            + type
            + "\",\"result\":"
            + rows
            + "}}");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** A row of an instant query. */
  public static String row(Map<String, String> labels, double value) {
    return "{\"metric\":" + labels(labels) + ",\"value\":[1700000000,\"" + value + "\"]}";
  }

  /** Labels as JSON; the values are written as they are. */
  public static String labels(Map<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value)
                .append('"'));
    return text.append('}').toString();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
