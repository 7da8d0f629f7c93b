package dev.tidemark.toolkit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsEndpointTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private WebServer server;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    server =
        WebServer.start(
            vertx,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            router -> router.get("/metrics").handler(MetricsEndpoint.of(registry)));
    Gauge.builder().name("level").labelNames("pod").register(registry).labelValues("a").set(5);
    Counter.builder().name("calls_total").register(registry).inc(2);
  }

  @AfterEach
  void close() {
    server.close();
    vertx.close();
  }

  @Test
  void answers_in_prometheus_text_by_default() throws Exception {
    HttpResponse<byte[]> reply = get("", "Accept", "*/*");
    assertThat(reply.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(text(reply)).contains("level{pod=\"a\"} 5.0\n").contains("calls_total 2.0\n");
  }

  @Test
  void answers_in_openmetrics_when_asked() throws Exception {
    HttpResponse<byte[]> reply =
        get("", "Accept", "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;q=0.5");
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(text(reply)).endsWith("# EOF\n");
  }

  @Test
  void answers_in_protobuf_when_asked() throws Exception {
    HttpResponse<byte[]> reply =
        get(
            "",
            "Accept",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/vnd.google.protobuf");
  }

  @Test
  void compresses_when_asked() throws Exception {
    HttpResponse<byte[]> reply = get("", "Accept-Encoding", "gzip");
    assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(reply.body())).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8)).contains("level{pod=\"a\"} 5.0\n");
  }

  @Test
  void filters_by_name() throws Exception {
    String text = text(get("?name[]=level", "Accept", "*/*"));
    assertThat(text).contains("level").doesNotContain("calls_total");
  }

  @Test
  void writes_timestamps_in_milliseconds() throws Exception {
    registry.register(
        () ->
            GaugeSnapshot.builder()
                .name("aged")
                .dataPoint(
                    new GaugeSnapshot.GaugeDataPointSnapshot(
                        1, Labels.EMPTY, null, 1_700_000_000_123L))
                .build());
    assertThat(text(get("", "Accept", "*/*"))).contains("aged 1.0 1700000000123\n");
  }

  @Test
  void answers_500_when_collecting_fails_and_goes_on_after() throws Exception {
    boolean[] broken = {true};
    registry.register(
        () -> {
          if (broken[0]) {
            throw new IllegalStateException("secret detail");
          }
          return GaugeSnapshot.builder()
              .name("mended")
              .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(1).build())
              .build();
        });
    HttpResponse<byte[]> reply = get("", "Accept", "*/*");
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(text(reply)).doesNotContain("secret detail");
    broken[0] = false;
    assertThat(text(get("", "Accept", "*/*"))).contains("mended 1.0");
  }

  @Test
  void collects_for_one_scrape_at_a_time_and_turns_away_more_than_four() throws Exception {
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    registry.register(
        () -> {
          most.accumulateAndGet(together.incrementAndGet(), Math::max);
          begun.countDown();
          await(goOn);
          together.decrementAndGet();
          return GaugeSnapshot.builder().name("slow").build();
        });
    List<CompletableFuture<HttpResponse<byte[]>>> replies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      replies.add(client.sendAsync(request("", "Accept", "*/*"), BodyHandlers.ofByteArray()));
    }
    await(begun);
    Object refused = CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new)).get();
    assertThat(((HttpResponse<?>) refused).statusCode()).isEqualTo(503);
    goOn.countDown();
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> reply : replies) {
      statuses.add(reply.get().statusCode());
    }
    assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 200, 503);
    assertThat(most).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void answers_with_many_pieces_what_is_large() throws Exception {
    Gauge wide = Gauge.builder().name("wide").labelNames("a").register(registry);
    for (int i = 0; i < 30_000; i++) {
      wide.labelValues("value-" + i + "-" + "x".repeat(40)).set(i);
    }
    String text = text(get("", "Accept", "*/*"));
    assertThat(text.lines().filter(line -> line.startsWith("wide{"))).hasSize(30_000);
    byte[] zipped = get("", "Accept-Encoding", "br, GZIP").body();
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
    assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(text);
  }

  private HttpRequest request(String query, String header, String value) {
    return HttpRequest.newBuilder(
            WebServerTest.uri(
                server.addresses().get(0),
                "/metrics" + query.replace("[", "%5B").replace("]", "%5D")))
        .header(header, value)
        .build();
  }

  private HttpResponse<byte[]> get(String query, String header, String value) throws Exception {
    return client.send(request(query, header, value), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
