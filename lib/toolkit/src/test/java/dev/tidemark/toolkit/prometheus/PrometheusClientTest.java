package dev.tidemark.toolkit.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.ScriptedServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusClientTest extends HandWrittenAnswers {
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
  void reads_how_many_samples_the_server_read() throws Exception {
    answer(
        json(
            200,
            """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"2"]}],
             "stats":{"timings":{"a":[1,{"b":2}]},"samples":{"totalQueryableSamplesPerStep":[[1,7]],
             "totalQueryableSamples":123,"peakSamples":9}}}}
            """));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.samplesRead("up", AT)).hasValue(123);
    }
    answer(
        json(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.samplesRead("up", AT)).isEmpty();
    }
    answer(json(200, "{\"status\":\"success\",\"data\":{\"stats\":[1],\"result\":[]}}"));
    try (PrometheusClient client = client(LIMITS)) {
      assertThat(client.samplesRead("up", AT)).isEmpty();
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
      assertThat(client.labelValues("pod", List.of(), Instant.EPOCH, AT))
          .isEqualTo(new LabelValues(List.of("a", "b"), List.of("w")));
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
