package dev.tidemark.exporter.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code query_range} over a {@link Recording}. It knows the forms of the exporter's own
 * queries rather than PromQL: what a real server makes of them is tested in e2e.
 */
public final class FakePrometheus implements AutoCloseable {
  private static final long LOOKBACK = 300_000;
  private static final Pattern GROUPING = Pattern.compile("(?:max|min|group) by \\(([^)]*)\\)");
  private static final Pattern PART =
      Pattern.compile("(?:count_over_time\\()?([a-zA-Z_:]+)(?:\\[(\\d+)ms\\]\\))?");
  private static final Pattern METRIC = Pattern.compile("by \\([^)]*\\) \\(([a-zA-Z_:]+)");

  static { // or each answer waits 40 ms for an acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** How the server behaves. */
  public enum Mood {
    WELL,
    STATUS_500,
    HTML,
    TRUNCATED,
    PARTIAL,
    INFO,
    TOO_MANY_SAMPLES,
    NOT_FINITE,
    /** Takes the question and does not answer until it is well again or closed. */
    HANGS
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Recording recording;
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<Long> starts = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;
  private volatile String refused = "";
  private volatile String failing = "";
  private volatile long failingFrom = Long.MAX_VALUE;
  private volatile long hangingFrom = Long.MAX_VALUE;
  private final Random random = new Random(0);
  private volatile double badShare;
  private final AtomicInteger bad = new AtomicInteger();

  public FakePrometheus(Recording recording) throws IOException {
    this.recording = recording;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/query_range", exchange -> answer(exchange, this::answer));
    server.setExecutor(threads);
    server.start();
  }

  /** From now on it has remote read as well. */
  public void reads(FakeRemoteRead remote) {
    server.createContext("/api/v1/read", exchange -> answer(exchange, remote));
  }

  /**
   * From now on it lists the names of its metrics.
   *
   * @param warning in place of a name that is missing; empty for a list that is whole
   */
  public void listsNames(String warning) {
    server.createContext(
        "/api/v1/label/__name__/values",
        exchange -> {
          Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
          long from = millis(asked.getOrDefault("start", ""));
          long to = millis(asked.getOrDefault("end", ""));
          Set<String> names = recording.names(from, to);
          String list =
              names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
          String notes = warning.isEmpty() ? "" : "\"warnings\":[\"" + warning + "\"],";
          String answer = "{\"status\":\"success\"," + notes + "\"data\":[" + list + "]}";
          send(exchange, 200, "application/json", answer);
        });
  }

  /** From now on it is asked for the names of its metrics longer than it has time for. */
  public void listsNamesTooLate(AtomicInteger asked) {
    server.createContext(
        "/api/v1/label/__name__/values",
        exchange -> {
          asked.incrementAndGet();
          String answer = "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"slow\"}";
          send(exchange, 503, "application/json", answer);
        });
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized void is(Mood other) {
    mood = other;
    notifyAll();
  }

  private synchronized void awaitNotHanging() {
    while (mood == Mood.HANGS) {
      try {
        wait();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** From now on queries that begin with a slot from then on are answered 500. */
  public void failsFrom(long slot) {
    failingFrom = slot;
  }

  /** From the first query on that begins with a slot from then on, it hangs. */
  public void hangsFrom(long slot) {
    hangingFrom = slot;
  }

  /** From now on such a share of all answers is bad, each in one of four ways. */
  public void answersBadly(double share, long seed) {
    badShare = share;
    random.setSeed(seed);
  }

  private void answer(HttpExchange exchange, HttpHandler well) throws IOException {
    if (random.nextDouble() >= badShare) {
      well.handle(exchange);
      return;
    }
    exchange.getRequestBody().readAllBytes();
    bad.incrementAndGet();
    switch (random.nextInt(4)) {
      case 0 -> send(exchange, 503, "text/plain", "no healthy upstream");
      case 1 -> send(exchange, 429, "text/plain", "too many requests");
      case 2 -> send(exchange, 200, "text/html", "<html><body>Please log in</body></html>");
      default -> send(exchange, 200, "application/json", "{\"status\":\"success\",\"data\":{\"res");
    }
  }

  /** How many answers were bad because of that. */
  public int bad() {
    return bad.get();
  }

  /** From now on queries that contain this are answered 400 bad_data; the empty text: none. */
  public void refuses(String part) {
    refused = part;
  }

  /** From now on queries that contain this are answered 500; the empty text: none. */
  public void failsAt(String part) {
    failing = part;
  }

  /** The first slot of each query so far, epoch milliseconds. */
  public List<Long> starts() {
    return List.copyOf(starts);
  }

  /** What was asked so far. */
  public List<String> queries() {
    return List.copyOf(queries);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String query = form.getOrDefault("query", "");
    queries.add(query);
    starts.add(millis(form.getOrDefault("start", "0")));
    if (millis(form.getOrDefault("start", "0")) >= hangingFrom) {
      is(Mood.HANGS);
    }
    awaitNotHanging();
    boolean late = millis(form.getOrDefault("start", "0")) >= failingFrom;
    if (late || (!failing.isEmpty() && query.contains(failing))) {
      send(exchange, 500, "text/plain", "out of memory");
      return;
    }
    if (!refused.isEmpty() && query.contains(refused)) {
      send(
          exchange,
          400,
          "application/json",
          "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:7: parse error\"}");
      return;
    }
    String whole = "{\"status\":\"success\"," + notes() + "\"data\":" + matrix(query, form) + "}";
    switch (mood) {
      case STATUS_500 -> send(exchange, 500, "text/plain", "out of memory");
      case HTML -> send(exchange, 200, "text/html", "<html><body>Please log in</body></html>");
      case TRUNCATED ->
          send(exchange, 200, "application/json", whole.substring(0, whole.length() - 4));
      case TOO_MANY_SAMPLES ->
          send(
              exchange,
              422,
              "application/json",
              "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"query processing would load too many samples into memory in query execution\"}");
      case WELL, PARTIAL, INFO, NOT_FINITE, HANGS -> send(exchange, 200, "application/json", whole);
    }
  }

  private String notes() {
    return switch (mood) {
      case PARTIAL -> "\"warnings\":[\"store 10.0.0.7 did not answer\"],";
      case INFO -> "\"warnings\":[\"PromQL info: metric might not be a counter\"],";
      default -> "";
    };
  }

  private String matrix(String query, Map<String, String> form) {
    long start = millis(form.getOrDefault("start", "0"));
    long end = millis(form.getOrDefault("end", "0"));
    long step = Math.max(1, millis(form.getOrDefault("step", "1")));
    Map<Map<String, String>, StringBuilder> rows = new LinkedHashMap<>();
    for (long at = start; at <= end; at += step) {
      for (Map.Entry<Map<String, String>, Double> row : rows(query, at, step).entrySet()) {
        StringBuilder values = rows.computeIfAbsent(row.getKey(), k -> new StringBuilder());
        values.append(values.isEmpty() ? "" : ",").append('[').append(at / 1000.0).append(",\"");
        values.append(shown(row.getValue())).append("\"]");
      }
    }
    StringBuilder json = new StringBuilder("{\"resultType\":\"matrix\",\"result\":[");
    String comma = "";
    for (Map.Entry<Map<String, String>, StringBuilder> row : rows.entrySet()) {
      json.append(comma)
          .append("{\"metric\":")
          .append(labels(row.getKey()))
          .append(",\"values\":[");
      json.append(row.getValue()).append("]}");
      comma = ",";
    }
    return json.append("]}").toString();
  }

  private String shown(double value) {
    if (mood == Mood.NOT_FINITE) {
      return ((long) value & 1) == 0 ? "NaN" : "+Inf";
    }
    return Double.isNaN(value)
        ? "NaN"
        : Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
  }

  /** What the expression gives at one time. */
  private Map<Map<String, String>, Double> rows(String query, long at, long step) {
    Matcher part = PART.matcher(query);
    if (part.matches()) {
      boolean count = part.group(2) != null;
      return raw(part.group(1), at, count ? Long.parseLong(part.group(2)) : LOOKBACK, count);
    }
    boolean changes = query.contains("unless") && !query.contains("timestamp(");
    if (query.startsWith("group by")) {
      return minus(plain(query, "go_info", at, LOOKBACK), changes, query, "go_info", at - step);
    }
    for (String start : List.of("process_start_time_seconds", "container_start_time_seconds")) {
      if (query.contains(start)) {
        return minus(plain(query, start, at, LOOKBACK), changes, query, start, at - step);
      }
    }
    if (query.contains("kube_pod_owner")) {
      return plain(query, "kube_pod_owner", at, query.contains("last_over_time") ? at : LOOKBACK);
    }
    Matcher metric = METRIC.matcher(query);
    String name = metric.find() ? metric.group(1) : "";
    boolean limit = query.startsWith("min by");
    return plain(query, name, at, limit ? LOOKBACK : step);
  }

  /** Every series for itself: its last sample, or how many there are in the window. */
  private Map<Map<String, String>, Double> raw(String metric, long at, long window, boolean count) {
    Map<Map<String, String>, Double> rows = new HashMap<>();
    for (Recording.Raw raw : recording.all(metric)) {
      @Nullable Double value = raw.last(at, window);
      if (value != null) {
        rows.put(raw.labels(), count ? raw.count(at, window) : value);
      }
    }
    return rows;
  }

  /** Without the rows that were the same a slot before. */
  private Map<Map<String, String>, Double> minus(
      Map<Map<String, String>, Double> now,
      boolean changes,
      String query,
      String metric,
      long before) {
    if (changes) {
      plain(query, metric, before, LOOKBACK).forEach((labels, value) -> now.remove(labels, value));
    }
    return now;
  }

  private Map<Map<String, String>, Double> plain(
      String query, String metric, long at, long window) {
    Matcher grouping = GROUPING.matcher(query);
    List<String> by = grouping.find() ? List.of(grouping.group(1).split(", ")) : List.of();
    boolean one = query.startsWith("group by");
    Map<Map<String, String>, Double> rows = new HashMap<>();
    for (Recording.Raw raw : recording.all(metric)) {
      @Nullable Double value = raw.last(at, window);
      if (value != null) {
        Map<String, String> kept = new TreeMap<>(raw.labels());
        kept.keySet().retainAll(by);
        rows.merge(kept, one ? 1.0 : value, query.startsWith("min by") ? Math::min : Math::max);
      }
    }
    return rows;
  }

  private static String labels(Map<String, String> labels) {
    StringBuilder json = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
    return json.append('}').toString();
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds.replace("s", "")) * 1000);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
