package dev.tidemark.toolkit.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.ScriptedServer;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PrometheusClientTest {
  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final ClientLimits LIMITS =
      new ClientLimits(Duration.ofSeconds(20), 1 << 20, 4, 1);
  private static final ClientLimits BRIEF = new ClientLimits(Duration.ofMillis(400), 1 << 20, 4, 1);

  static WireMockServer server;

  @BeforeAll
  static void open() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
  }

  @AfterAll
  static void close() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  @Test
  void asks_for_long_answers_of_values_without_compression_and_for_others_with() throws Exception {
    answer(
        json(
            200,
            """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"a":"b"},"values":[[1700000000,"1"],[1700000030,"2"]]}]}}
            """));
    for (String encoding : List.of("gzip", "identity")) {
      List<Double> values = new ArrayList<>();
      SeriesSink sink =
          new SeriesSink() {
            @Override
            public void begin(Map<String, String> labels) {}

            @Override
            public void sample(long millis, double value) {
              values.add(value);
            }

            @Override
            public void end() {}
          };
      try (PrometheusClient client = client(LIMITS)) {
        if (encoding.equals("gzip")) {
          client.queryRange("up", AT, AT.plusSeconds(30), Duration.ofSeconds(30), sink);
        } else {
          client.queryRangeUncompressed("up", AT, AT.plusSeconds(30), Duration.ofSeconds(30), sink);
        }
      }
      assertThat(values).containsExactly(1.0, 2.0);
      server.verify(
          1,
          postRequestedFor(urlEqualTo("/api/v1/query_range"))
              .withHeader("Accept-Encoding", equalTo(encoding)));
    }
  }

  @Test
  void reads_a_vector_with_exact_times_and_every_kind_of_value() throws Exception {
    answer(
        json(
            200,
            """
            {"status":"success","data":{"resultType":"vector","result":[
              {"metric":{"__name__":"up","pod":"a"},"value":[1700000000.123,"1"]},
              {"metric":{},"value":[1700000000,"NaN"]},
              {"metric":{"pod":"ü\\u0026"},"value":[1700000000.5,"+Inf"]},
              {"metric":{"pod":"c"},"value":[0.001,"-Inf"]},
              {"metric":{"pod":"d"},"value":[1.7e9,"1.5e-07"]}]}}
            """));
    try (PrometheusClient client = client(LIMITS)) {
      QueryResult result = client.query("up", AT);
      assertThat(result.samples())
          .containsExactly(
              new VectorSample(Map.of("__name__", "up", "pod", "a"), 1_700_000_000_123L, 1),
              new VectorSample(Map.of(), 1_700_000_000_000L, Double.NaN),
              new VectorSample(Map.of("pod", "ü&"), 1_700_000_000_500L, Double.POSITIVE_INFINITY),
              new VectorSample(Map.of("pod", "c"), 1, Double.NEGATIVE_INFINITY),
              new VectorSample(Map.of("pod", "d"), 1_700_000_000_000L, 1.5e-7));
      assertThat(result.warnings()).isEmpty();
    }
    server.verify(
        postRequestedFor(urlEqualTo("/api/v1/query"))
            .withFormParam("query", equalTo("up"))
            .withFormParam("time", equalTo("1700000000.123"))
            .withFormParam("timeout", equalTo("20.000")));
  }

  @Test
  void reads_a_scalar_as_one_sample_without_labels() throws Exception {
    answer(
        json(
            200,
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1700000000,\"42\"]}}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.query("42", AT).samples())
          .containsExactly(new VectorSample(Map.of(), 1_700_000_000_000L, 42));
    }
  }

  @Test
  void gives_a_matrix_to_the_sink_series_by_series() throws Exception {
    answer(
        json(
            200,
            """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"pod":"a"},"values":[[1,"1"],[2,"2"]]},
              {"metric":{"pod":"b"},"values":[]},
              {"metric":{"pod":"c"},"values":[[3,"NaN"]]}]}}
            """));
    Recorder sink = new Recorder();
    try (PrometheusClient client = client(LIMITS)) {
      List<String> warnings =
          client.queryRange("up", AT, AT.plusSeconds(60), Duration.ofMillis(500), sink);
      assertThat(warnings).isEmpty();
    }
    assertThat(sink.seen)
        .containsExactly(
            "begin {pod=a}",
            "1000=1.0",
            "2000=2.0",
            "end",
            "begin {pod=b}",
            "end",
            "begin {pod=c}",
            "3000=NaN",
            "end");
    server.verify(
        postRequestedFor(urlEqualTo("/api/v1/query_range"))
            .withFormParam("start", equalTo("1700000000.123"))
            .withFormParam("end", equalTo("1700000060.123"))
            .withFormParam("step", equalTo("0.500")));
  }

  @Test
  void passes_warnings_on_and_counts_what_it_left_out() throws Exception {
    answer(
        json(
            200,
            """
            {"status":"success","isPartial":true,
             "data":{"resultType":"vector","result":[
               {"metric":{"a":"b"},"histogram":[1,{"count":"5","buckets":[[0,"1","2","3"]]}]}],
               "analysis":{"x":[1,{"y":2}]}},
             "warnings":["store a is down\\nand more"],"infos":["metric might not be a counter"]}
            """));
    try (PrometheusClient client = client(LIMITS)) {
      QueryResult result = client.query("h", AT);
      assertThat(result.samples()).isEmpty();
      assertThat(result.warnings())
          .containsExactly(
              "the answer is partial",
              "store a is down and more",
              "metric might not be a counter",
              "1 native histogram samples were left out");
    }
  }

  @Test
  void takes_the_members_in_any_order() throws Exception {
    answer(
        json(
            200,
            """
            {"data":{"result":[{"metric":{"a":"b"},"value":[1,"2"]}],"resultType":"vector"},
             "status":"success"}
            """));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.query("x", AT).samples()).hasSize(1);
    }
  }

  static Stream<Arguments> useless() {
    String some =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":\"b\"},\"val";
    String html = "<!DOCTYPE html><html><body>Please log in</body></html>";
    return Stream.of(
        row("500 of a proxy", Reason.STATUS, "500", html(500, html)),
        row("502", Reason.STATUS, "502", aResponse().withStatus(502)),
        row("503 without a word", Reason.STATUS, "503", aResponse().withStatus(503)),
        row(
            "503 timed out",
            Reason.TIMEOUT,
            "query timed out",
            error(503, "timeout", "query timed out in expression evaluation")),
        row(
            "503 canceled",
            Reason.STATUS,
            "canceled",
            error(503, "canceled", "query was canceled")),
        row("500 internal", Reason.STATUS, "disk", error(500, "internal", "disk on fire")),
        row(
            "400",
            Reason.QUERY,
            "parse error",
            error(400, "bad_data", "1:3: parse error: unexpected end")),
        row(
            "422",
            Reason.QUERY,
            "too many samples",
            error(422, "execution", "query processing would load too many samples")),
        row("an error with 200", Reason.QUERY, "bad", error(200, "bad_data", "bad")),
        row("401", Reason.AUTH, "401", aResponse().withStatus(401)),
        row("403 in HTML", Reason.AUTH, "403", html(403, html)),
        row("404", Reason.STATUS, "404", html(404, "404 page not found")),
        row(
            "a redirect to a login",
            Reason.STATUS,
            "302",
            aResponse().withStatus(302).withHeader("Location", "/login")),
        row("HTML with 200", Reason.NOT_JSON, "text/html", html(200, html)),
        row("another API", Reason.NOT_JSON, "no status", json(200, "{\"hello\":\"world\"}")),
        row("a list", Reason.NOT_JSON, "not the API's", json(200, "[1,2]")),
        row("a text", Reason.NOT_JSON, "not the API's", json(200, "\"success\"")),
        row("no data", Reason.NOT_JSON, "no data", json(200, "{\"status\":\"success\"}")),
        row(
            "null data",
            Reason.NOT_JSON,
            "no data",
            json(200, "{\"status\":\"success\",\"data\":null}")),
        row("nothing", Reason.NOT_JSON, "not the API's", json(200, "")),
        row("truncated JSON", Reason.TRUNCATED, "before it is complete", json(200, some)),
        row(
            "JSON cut at the end",
            Reason.TRUNCATED,
            "before it is complete",
            json(200, "{\"status\":\"success\",\"data\":{\"result\":[]}")),
        row("a value that is none", Reason.NOT_JSON, "no number", sample("[1,\"abc\"]")),
        row("a value of Java only", Reason.NOT_JSON, "no number", sample("[1,\"Infinity\"]")),
        row("a value as a number", Reason.NOT_JSON, "instead of", sample("[1,2]")),
        row("a time as a text", Reason.NOT_JSON, "no time", sample("[\"1\",\"2\"]")),
        row("a time without end", Reason.NOT_JSON, "no number", sample("[1e400,\"2\"]")),
        row(
            "a time of a hundred digits",
            Reason.NOT_JSON,
            "",
            sample("[" + "9".repeat(100) + ",\"2\"]")),
        row("three in a pair", Reason.NOT_JSON, "instead of", sample("[1,\"2\",3]")),
        row(
            "a label that is no text",
            Reason.NOT_JSON,
            "instead of",
            json(
                200,
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"a\":1},\"value\":[1,\"2\"]}]}}")),
        row(
            "values before labels",
            Reason.NOT_JSON,
            "labels",
            json(
                200,
                "{\"status\":\"success\",\"data\":{\"result\":[{\"value\":[1,\"2\"],\"metric\":{}}]}}")),
        row(
            "a string result",
            Reason.NOT_JSON,
            "string",
            json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}")),
        row("nesting without end", Reason.NOT_JSON, "", json(200, "{\"x\":" + "[".repeat(100_000))),
        row(
            "more than allowed",
            Reason.TOO_LARGE,
            "larger",
            json(200, "{\"x\":\"" + "y".repeat(2 << 20))),
        row("an empty reply", Reason.UNREACHABLE, "", aResponse().withFault(Fault.EMPTY_RESPONSE)),
        row("no HTTP", Reason.UNREACHABLE, "", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        row(
            "a reset",
            Reason.UNREACHABLE,
            "",
            aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("useless")
  void says_why_an_answer_is_useless(
      String what, Reason reason, String message, ResponseDefinitionBuilder reply) {
    answer(reply);
    try (PrometheusClient client = client(LIMITS)) {
      PrometheusException failure = failure(client);
      assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
      assertThat(failure).hasMessageContaining(message);
      assertThat(failure.getMessage()).doesNotContain("\n").doesNotContain("Please log in");
    }
  }

  @Test
  void says_that_an_answer_turned_into_garbage() {
    answer(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    try (PrometheusClient client = client(LIMITS)) {
      // which of the two depends on whether the garbage arrives in one piece with the headers
      assertThat(failure(client).reason()).isIn(Reason.TRUNCATED, Reason.UNREACHABLE);
    }
  }

  @Test
  void says_that_an_answer_broke_off() throws Exception {
    try (ScriptedServer raw =
            new ScriptedServer(
                (request, wire) ->
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"status\":\"suc"));
        PrometheusClient client = new PrometheusClient(raw.uri(""), HttpConfig.NONE, LIMITS)) {
      assertThat(failure(client).reason()).isEqualTo(Reason.TRUNCATED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gives_up_on_a_server_that_is_too_slow(boolean drips) {
    ResponseDefinitionBuilder reply = sample("[1,\"2\"]");
    answer(drips ? reply.withChunkedDribbleDelay(20, 10_000) : reply.withFixedDelay(5_000));
    try (PrometheusClient client = client(BRIEF)) {
      assertThat(failure(client).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void says_that_nobody_listens() throws Exception {
    int port;
    try (ScriptedServer gone = new ScriptedServer((request, wire) -> {})) {
      port = gone.port();
    }
    URI base = URI.create("http://127.0.0.1:" + port);
    try (PrometheusClient client = new PrometheusClient(base, HttpConfig.NONE, LIMITS)) {
      assertThat(failure(client).reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void asks_again_when_the_server_failed_but_not_once_an_answer_began() throws Exception {
    ClientLimits three = new ClientLimits(Duration.ofSeconds(20), 1 << 20, 4, 3);
    answer(aResponse().withStatus(503));
    try (PrometheusClient client = client(three)) {
      assertThat(failure(client).reason()).isEqualTo(Reason.STATUS);
    }
    server.verify(3, postRequestedFor(urlEqualTo("/api/v1/query")));
    server.resetAll();
    answer(json(200, "{\"status\":\"success\",\"data\":{\"result\":["));
    try (PrometheusClient client = client(three)) {
      assertThat(failure(client).reason()).isEqualTo(Reason.TRUNCATED);
    }
    server.verify(1, postRequestedFor(urlEqualTo("/api/v1/query")));
  }

  @Test
  void leaves_a_server_alone_that_keeps_failing() {
    answer(aResponse().withStatus(500));
    try (PrometheusClient client = client(LIMITS)) {
      for (int i = 0; i < 10; i++) {
        assertThat(failure(client).reason()).isEqualTo(Reason.STATUS);
      }
      assertThat(failure(client).reason()).isEqualTo(Reason.BREAKER_OPEN);
    }
  }

  @Test
  void a_query_that_is_wrong_again_and_again_does_not_stop_the_others() {
    answer(error(422, "execution", "no"));
    try (PrometheusClient client = client(LIMITS)) {
      for (int i = 0; i < 30; i++) {
        assertThat(failure(client).reason()).isEqualTo(Reason.QUERY);
      }
    }
  }

  @Test
  void shows_its_credentials_and_keeps_the_path_of_the_base() throws Exception {
    answer(sample("[1,\"2\"]"));
    HttpConfig auth =
        new HttpConfig(
            new HttpConfig.BasicAuth("ann", Secret.of("s3cret"), null), null, null, false);
    for (String base : List.of("/prometheus", "/prometheus/")) {
      try (PrometheusClient client =
          new PrometheusClient(URI.create(server.baseUrl() + base), auth, LIMITS)) {
        client.query("up", AT);
      }
    }
    server.verify(
        2,
        postRequestedFor(urlEqualTo("/prometheus/api/v1/query"))
            .withHeader("Authorization", equalTo("Basic YW5uOnMzY3JldA==")));
  }

  @Test
  void looks_up_series_and_label_values() throws Exception {
    answer(json(200, "{\"status\":\"success\",\"data\":[{\"__name__\":\"up\",\"pod\":\"a\"},{}]}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.series(List.of("{a=\"b c\"}", "up"), Instant.EPOCH, AT))
          .containsExactly(Map.of("__name__", "up", "pod", "a"), Map.of());
    }
    server.verify(
        getRequestedFor(
            urlEqualTo(
                "/api/v1/series?start=0.000&end=1700000000.123"
                    + "&match%5B%5D=%7Ba%3D%22b%20c%22%7D&match%5B%5D=up")));
    server.resetAll();
    answer(json(200, "{\"status\":\"success\",\"data\":[\"a\",\"b\"],\"warnings\":[\"w\"]}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.labelValues("pod", List.of(), Instant.EPOCH, AT)).containsExactly("a", "b");
    }
    server.verify(
        getRequestedFor(urlEqualTo("/api/v1/label/pod/values?start=0.000&end=1700000000.123")));
  }

  @Test
  void tells_which_server_it_is() throws Exception {
    answer(
        json(
            200,
            "{\"status\":\"success\",\"data\":{\"version\":\"2.42.0\",\"revision\":\"r\",\"features\":{\"a\":1},\"goVersion\":\"go1.19\"}}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.buildInfo()).isEqualTo(new BuildInfo("2.42.0", "r", "go1.19"));
    }
  }

  @Test
  void streams_four_million_samples() throws Exception {
    int series = 200;
    int samples = 20_000;
    try (ScriptedServer raw =
            new ScriptedServer(
                (request, wire) -> {
                  wire.send(
                      "HTTP/1.1 200 OK\r\n\r\n{\"status\":\"success\",\"data\":{\"result\":[");
                  StringBuilder values = new StringBuilder();
                  for (int i = 0; i < samples; i++) {
                    values
                        .append(i == 0 ? "" : ",")
                        .append("[")
                        .append(1_700_000_000L + i)
                        .append(",\"12.5\"]");
                  }
                  for (int i = 0; i < series; i++) {
                    wire.send(
                        (i == 0 ? "" : ",") + "{\"metric\":{\"pod\":\"p" + i + "\"},\"values\":[");
                    wire.send(values.toString());
                    wire.send("]}");
                  }
                  wire.send("]}}");
                });
        PrometheusClient client =
            new PrometheusClient(raw.uri(""), HttpConfig.NONE, ClientLimits.defaults())) {
      long[] seen = {0};
      client.queryRange(
          "x",
          AT,
          AT,
          Duration.ofSeconds(1),
          new SeriesSink() {
            @Override
            public void begin(Map<String, String> labels) {}

            @Override
            public void sample(long timestampMillis, double value) {
              seen[0]++;
            }

            @Override
            public void end() {}
          });
      assertThat(seen[0]).isEqualTo((long) series * samples);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0", "1.5, 1500", "1700000000.123, 1700000000123", "1700000000.1, 1700000000100",
    "1700000000.1239, 1700000000124", "-1.5, -1500", "1e3, 1000000", "253402300799, 253402300799000"
  })
  void reads_times_to_the_millisecond(String text, long millis) {
    assertThat(Numbers.millis(text)).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.000",
    "1, 0.001",
    "1700000000123, 1700000000.123",
    "-1500, -1.500",
    "-1, -0.001"
  })
  void writes_times_to_the_millisecond(long millis, String text) {
    assertThat(Numbers.seconds(Instant.ofEpochMilli(millis))).isEqualTo(text);
  }

  private static Arguments row(
      String what, Reason reason, String message, ResponseDefinitionBuilder reply) {
    return Arguments.of(what, reason, message, reply);
  }

  private static ResponseDefinitionBuilder sample(String pair) {
    return json(
        200,
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":"
            + pair
            + "}]}}");
  }

  private static ResponseDefinitionBuilder error(int status, String type, String text) {
    return json(
        status, "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + text + "\"}");
  }

  private static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  private static ResponseDefinitionBuilder html(int status, String body) {
    return aResponse().withStatus(status).withHeader("Content-Type", "text/html").withBody(body);
  }

  private static void answer(ResponseDefinitionBuilder reply) {
    server.stubFor(any(anyUrl()).willReturn(reply));
  }

  private static PrometheusClient client(ClientLimits limits) {
    return new PrometheusClient(URI.create(server.baseUrl()), HttpConfig.NONE, limits);
  }

  private static PrometheusException failure(PrometheusClient client) {
    PrometheusException failure =
        catchThrowableOfType(PrometheusException.class, () -> client.query("up", AT));
    assertThat(failure).as("the query must fail").isNotNull();
    return failure;
  }

  private static final class Recorder implements SeriesSink {
    private final List<String> seen = new ArrayList<>();

    @Override
    public void begin(Map<String, String> labels) {
      seen.add("begin " + labels);
    }

    @Override
    public void sample(long timestampMillis, double value) {
      seen.add(timestampMillis + "=" + value);
    }

    @Override
    public void end() {
      seen.add("end");
    }
  }
}
