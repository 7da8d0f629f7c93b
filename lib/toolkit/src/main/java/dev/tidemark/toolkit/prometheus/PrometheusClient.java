package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingLimits;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.toolkit.prometheus.ApiAnswer.Malformed;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.text.Words;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks anything with the Prometheus API. Answers are read as a stream: a range query never holds
 * more than the sample it is at. Calls block. Safe for use by several threads.
 */
public final class PrometheusClient implements AutoCloseable {
  /** How a note of this client ends that is none of the server: the answer itself was whole. */
  public static final String HISTOGRAMS_LEFT_OUT = " native histogram samples were left out";

  private static final String GZIP = "gzip";

  private final URI base;
  private final OutgoingHttp http;
  private final ClientLimits limits;

  /**
   * @param base with or without a path: {@code http://localhost:9090}, {@code
   *     https://mimir/prometheus}
   */
  public PrometheusClient(URI base, HttpConfig http, ClientLimits limits) {
    this(
        base,
        new OutgoingHttp(
            "prometheus",
            http,
            OutgoingLimits.defaults()
                .withConcurrency(limits.maxConcurrent())
                .withRetries(
                    new OutgoingLimits.Retries(limits.attempts(), Duration.ofMillis(200)))),
        limits);
  }

  /** With a client of its own metrics, address policy and limits; this one closes it. */
  public PrometheusClient(URI base, OutgoingHttp http, ClientLimits limits) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    this.http = http;
    this.limits = limits;
  }

  /** Evaluates an expression at one time: a vector, or a scalar as one sample without labels. */
  public QueryResult query(String expr, Instant at) throws PrometheusException {
    VectorSink sink = new VectorSink();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", expr);
    form.put("time", Numbers.seconds(at));
    List<String> warnings = series("/api/v1/query", form, sink, GZIP);
    return new QueryResult(sink.samples, warnings);
  }

  /**
   * How many samples the server reads to evaluate an expression at one time, as it counts them
   * itself (Prometheus from 2.33); empty where it does not.
   */
  public OptionalLong samplesRead(String expr, Instant at) throws PrometheusException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", expr);
    form.put("time", Numbers.seconds(at));
    form.put("stats", "all");
    form.put("timeout", Numbers.seconds(limits.timeout()));
    StatsReader stats = new StatsReader();
    ask(OutgoingRequest.form(at("/api/v1/query"), form).repeatable(), stats);
    return stats.samples();
  }

  /**
   * Evaluates an expression at start, start + step … up to end, both included.
   *
   * @return the server's warnings and notes; with any, the answer may be partial
   */
  public List<String> queryRange(
      String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    return series("/api/v1/query_range", range(expr, start, end, step), sink, GZIP);
  }

  /**
   * As {@link #queryRange}, for long answers of values that hardly repeat: to compress them costs
   * the server two times what it costs to find them, and makes them a fifth only.
   */
  public List<String> queryRangeUncompressed(
      String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    return series("/api/v1/query_range", range(expr, start, end, step), sink, "identity");
  }

  /**
   * The samples of a metric's series as they were scraped, by remote read. It costs the server a
   * hundredth of a query, and not every server has it. Beside their own the series may carry the
   * server's external labels.
   *
   * @throws PrometheusException with {@link Reason#STATUS} or {@link Reason#NOT_JSON} where the
   *     server does not have it
   */
  public void raw(
      String metric, List<LabelMatcher> matchers, Instant start, Instant end, RawSink sink)
      throws PrometheusException {
    long first = start.toEpochMilli();
    long last = end.toEpochMilli();
    byte[] body = RemoteRead.request(metric, matchers, first, last);
    OutgoingRequest request =
        OutgoingRequest.post(at(RemoteRead.PATH), RemoteRead.REQUEST_TYPE, body)
            .repeatable()
            .withHeader("Content-Encoding", "snappy")
            .withHeader("Accept-Encoding", "identity")
            .withHeader(RemoteRead.VERSION_HEADER, RemoteRead.VERSION);
    AtomicBoolean begun = new AtomicBoolean();
    RemoteRead reader = new RemoteRead(sink, first, last);
    try {
      int unused =
          http.<Integer, PrometheusException>stream(
              request,
              new Bounds(limits.maxResponseBytes(), limits.timeout()),
              (status, headers, reply) -> {
                begun.set(true);
                return reader.read(status, headers, reply);
              });
    } catch (HttpFailure e) {
      throw new PrometheusException(reason(e, begun.get()), String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<String, String> range(String expr, Instant start, Instant end, Duration step) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("query", expr);
    form.put("start", Numbers.seconds(start));
    form.put("end", Numbers.seconds(end));
    form.put("step", Numbers.seconds(step));
    return form;
  }

  /** The label sets of the series that match any of the selectors within the time. */
  public List<Map<String, String>> series(List<String> selectors, Instant start, Instant end)
      throws PrometheusException {
    List<Map<String, String>> found = new ArrayList<>();
    Words words = new Words();
    ask(
        OutgoingRequest.get(at("/api/v1/series" + lookup(selectors, start, end))),
        json -> elements(json, () -> found.add(SeriesReader.labels(json, words))));
    return found;
  }

  /** The values a label has in the series that match any of the selectors; none means all. */
  public LabelValues labelValues(String label, List<String> selectors, Instant start, Instant end)
      throws PrometheusException {
    List<String> found = new ArrayList<>();
    String path = "/api/v1/label/" + encode(label) + "/values";
    List<String> warnings =
        ask(
            OutgoingRequest.get(at(path + lookup(selectors, start, end))),
            json -> elements(json, () -> found.add(text(json))));
    return new LabelValues(found, warnings);
  }

  /**
   * The targets that the server scrapes now.
   *
   * @throws PrometheusException with {@link Reason#STATUS} where the server scrapes nothing itself
   */
  public List<ScrapedTarget> targets() throws PrometheusException {
    List<ScrapedTarget> found = new ArrayList<>();
    Words words = new Words();
    AtomicBoolean some = new AtomicBoolean();
    ask(
        OutgoingRequest.get(at("/api/v1/targets?state=active")),
        json -> {
          if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Malformed("the targets are no object");
          }
          for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            if (key.equals("activeTargets") && json.currentToken() == JsonToken.START_ARRAY) {
              some.set(true);
              elements(json, () -> found.add(target(json, words)));
            } else {
              some.compareAndSet(false, key.equals("activeTargets"));
              json.skipChildren();
            }
          }
          if (!some.get()) {
            throw new Malformed("it has no targets");
          }
        });
    return found;
  }

  private static ScrapedTarget target(JsonParser json, Words words) throws IOException {
    Map<String, String> labels = Map.of();
    String interval = "";
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Malformed("a target is no object");
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "labels" -> labels = SeriesReader.labels(json, words);
        case "scrapeInterval" -> interval = json.getValueAsString("");
        default -> json.skipChildren();
      }
    }
    return new ScrapedTarget(labels, interval);
  }

  /** Which server this is; fails where it is no Prometheus at all. */
  public BuildInfo buildInfo() throws PrometheusException {
    Map<String, String> said = new LinkedHashMap<>();
    ask(
        OutgoingRequest.get(at("/api/v1/status/buildinfo")),
        json -> {
          if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new Malformed("the build information is no object");
          }
          for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            json.nextToken();
            said.put(key, json.getValueAsString(""));
            json.skipChildren();
          }
        });
    return new BuildInfo(
        said.getOrDefault("version", ""),
        said.getOrDefault("revision", ""),
        said.getOrDefault("goVersion", ""));
  }

  @Override
  public void close() {
    http.close();
  }

  private List<String> series(
      String path, Map<String, String> form, SeriesSink sink, String encoding)
      throws PrometheusException {
    form.put("timeout", Numbers.seconds(limits.timeout()));
    SeriesReader reader = new SeriesReader(sink);
    List<String> warnings =
        ask(OutgoingRequest.form(at(path), form).repeatable(), reader, encoding);
    if (reader.histograms() == 0) {
      return warnings;
    }
    List<String> more = new ArrayList<>(warnings);
    more.add(reader.histograms() + HISTOGRAMS_LEFT_OUT);
    return List.copyOf(more);
  }

  private List<String> ask(OutgoingRequest request, ApiAnswer.DataReader data)
      throws PrometheusException {
    return ask(request, data, GZIP);
  }

  private List<String> ask(OutgoingRequest request, ApiAnswer.DataReader data, String encoding)
      throws PrometheusException {
    Answer answer = new Answer(data);
    try {
      return http.stream(
          request.withHeader("Accept-Encoding", encoding).withHeader("Accept", "application/json"),
          new Bounds(limits.maxResponseBytes(), limits.timeout()),
          answer);
    } catch (HttpFailure e) {
      throw new PrometheusException(reason(e, answer.begun()), String.valueOf(e.getMessage()), e);
    }
  }

  private static Reason reason(HttpFailure failure, boolean begun) {
    return switch (failure.reason()) {
      case UNREACHABLE -> Reason.UNREACHABLE;
      case BROKEN -> begun ? Reason.TRUNCATED : Reason.UNREACHABLE;
      case TIMEOUT -> Reason.TIMEOUT;
      case TLS, CREDENTIALS, ADDRESS_REFUSED -> Reason.AUTH;
      case TOO_LARGE -> Reason.TOO_LARGE;
      case STATUS, STORAGE -> Reason.STATUS;
      case BREAKER_OPEN -> Reason.BREAKER_OPEN;
      case BUSY -> Reason.BUSY;
      case INTERRUPTED -> Reason.INTERRUPTED;
    };
  }

  private URI at(String path) {
    return URI.create(base + path);
  }

  private static String lookup(List<String> selectors, Instant start, Instant end) {
    StringBuilder query = new StringBuilder();
    query.append("?start=").append(Numbers.seconds(start));
    query.append("&end=").append(Numbers.seconds(end));
    for (String selector : selectors) {
      query.append("&match[]=".replace("[", "%5B").replace("]", "%5D")).append(encode(selector));
    }
    return query.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String text(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new Malformed("found " + json.currentToken() + " in the list instead of a string");
    }
    return json.getText();
  }

  @FunctionalInterface
  private interface Element {
    void read() throws IOException;
  }

  private static void elements(JsonParser json, Element element) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new Malformed("the data is no list");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  private static final class VectorSink implements SeriesSink {
    private final List<VectorSample> samples = new ArrayList<>();
    private Map<String, String> labels = Map.of();

    @Override
    public void begin(Map<String, String> found) {
      labels = found;
    }

    @Override
    public void sample(long timestampMillis, double value) {
      samples.add(new VectorSample(labels, timestampMillis, value));
    }

    @Override
    public void end() {}
  }
}
