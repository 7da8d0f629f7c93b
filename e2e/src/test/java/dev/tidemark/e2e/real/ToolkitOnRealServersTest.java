package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.tidemark.e2e.history.History;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpConfig.BasicAuth;
import dev.tidemark.toolkit.http.HttpConfig.TlsConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.toolkit.web.MetricsEndpoint;
import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Prometheus client and the web server, with TLS and passwords, on a real Prometheus. */
@NeedsTools
@Timeout(120)
class ToolkitOnRealServersTest {
  private static final Path TLS =
      Path.of("../lib/toolkit/src/test/resources/tls").toAbsolutePath().normalize();
  private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final String PAST =
      """
      # TYPE level gauge
      level{pod="a"} 1.5 1700000000.123
      level{pod="a"} NaN 1700000030.123
      level{pod="a"} +Inf 1700000060.123
      level{pod="b"} -Inf 1700000000.123
      level{pod="ü \\"x\\""} 1e-7 1700000000.123
      # EOF
      """;

  @TempDir Path folder = Path.of("");
  private Processes processes = closed();

  private static Processes closed() {
    try {
      Processes none = Processes.in(Files.createTempDirectory("none"));
      none.close();
      return none;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void open() throws IOException {
    processes = Processes.in(folder.resolve("logs"));
  }

  @AfterEach
  void close() {
    processes.close();
  }

  @Test
  void the_client_reads_what_is_stored_to_the_millisecond(Tools tools) throws Exception {
    Path text = Files.writeString(folder.resolve("past.om"), PAST);
    History.createBlocks(processes, tools, text, folder.resolve("data"));
    Served prometheus = prometheus(tools, "global: {}\n");
    try (PrometheusClient client = client(prometheus, "s3cret")) {
      awaitReady(prometheus);
      assertThat(client.buildInfo().version()).matches("[0-9]+\\.[0-9]+\\..*");

      List<VectorSample> samples = client.query("level", AT).samples();
      assertThat(samples)
          .containsExactlyInAnyOrder(
              new VectorSample(Map.of("__name__", "level", "pod", "a"), AT.toEpochMilli(), 1.5),
              new VectorSample(
                  Map.of("__name__", "level", "pod", "b"),
                  AT.toEpochMilli(),
                  Double.NEGATIVE_INFINITY),
              new VectorSample(
                  Map.of("__name__", "level", "pod", "ü \"x\""), AT.toEpochMilli(), 1e-7));
      assertThat(client.query("vector(1)", AT.minusMillis(1)).samples())
          .containsExactly(new VectorSample(Map.of(), AT.toEpochMilli() - 1, 1));
      assertThat(client.query("42", AT).samples())
          .containsExactly(new VectorSample(Map.of(), AT.toEpochMilli(), 42));
      assertThat(client.query("no_such_metric", AT).samples()).isEmpty();

      List<String> seen = new ArrayList<>();
      List<String> warnings =
          client.queryRange(
              "level{pod=\"a\"}",
              AT,
              AT.plusSeconds(60),
              Duration.ofSeconds(30),
              new SeriesSink() {
                @Override
                public void begin(Map<String, String> labels) {
                  seen.add(labels.get("pod") + ":");
                }

                @Override
                public void sample(long timestampMillis, double value) {
                  seen.add(timestampMillis - AT.toEpochMilli() + "=" + value);
                }

                @Override
                public void end() {
                  seen.add("end");
                }
              });
      assertThat(warnings).isEmpty();
      assertThat(seen).containsExactly("a:", "0=1.5", "30000=NaN", "60000=Infinity", "end");

      Instant before = AT.minusSeconds(3600);
      Instant after = AT.plusSeconds(3600);
      assertThat(client.series(List.of("level{pod=~\"a|b\"}"), before, after)).hasSize(2);
      assertThat(client.labelValues("pod", List.of("level"), before, after).values())
          .containsExactlyInAnyOrder("a", "b", "ü \"x\"");
    }
  }

  @Test
  void the_client_tells_a_real_servers_refusals_apart(Tools tools) throws Exception {
    Served prometheus = prometheus(tools, "global: {}\n");
    try (PrometheusClient client = client(prometheus, "s3cret")) {
      awaitReady(prometheus);
      assertThat(failure(client, "sum(").reason()).isEqualTo(Reason.QUERY);
      assertThat(failure(client, "sum(")).hasMessageContaining("parse error");
      // found while evaluating, which is 422 and not 400
      String twice = "(label_replace(vector(1), \"a\", \"1\", \"\", \"\") or vector(2))";
      assertThat(failure(client, "vector(1) * on() " + twice).reason()).isEqualTo(Reason.QUERY);
      try (PrometheusClient stranger = client(prometheus, "wrong")) {
        assertThat(failure(stranger, "up").reason()).isEqualTo(Reason.AUTH);
      }
      URI plain = URI.create(prometheus.url.replace("https:", "http:"));
      try (PrometheusClient naive =
          new PrometheusClient(plain, HttpConfig.NONE, ClientLimits.defaults())) {
        // Go answers plain HTTP on a TLS port with 400, and closes without having read the request:
        // now and then the reset overtakes the answer
        assertThat(failure(naive, "up").reason())
            .isIn(Reason.STATUS, Reason.QUERY, Reason.TRUNCATED);
      }
      try (PrometheusClient trusting =
          new PrometheusClient(
              URI.create(prometheus.url), HttpConfig.NONE, ClientLimits.defaults())) {
        assertThat(failure(trusting, "up").reason()).isEqualTo(Reason.AUTH);
      }
      prometheus.process.terminate();
      int unused = prometheus.process.await(10, TimeUnit.SECONDS);
      assertThat(failure(client, "up").reason()).isEqualTo(Reason.UNREACHABLE);
    }
  }

  @Test
  void the_web_server_is_scraped_with_tls_and_a_password(Tools tools) throws Exception {
    Vertx vertx = Vertx.vertx();
    PrometheusRegistry registry = new PrometheusRegistry();
    Gauge.builder().name("ours").register(registry).set(7);
    try (WebServer server =
        WebServer.start(
            vertx,
            WebOptions.of(List.of("127.0.0.1:0"), webConfig()),
            router -> router.get("/metrics").handler(MetricsEndpoint.of(registry)))) {
      String scrape =
          """
          global: {scrape_interval: 1s}
          scrape_configs:
            - job_name: ours
              scheme: https
              basic_auth: {username: ann, password: s3cret}
              tls_config: {ca_file: CA}
              static_configs: [{targets: ['127.0.0.1:PORT']}]
          """
              .replace("CA", TLS.resolve("ca.pem").toString())
              .replace("PORT", String.valueOf(server.addresses().get(0).getPort()));
      Served prometheus = prometheus(tools, scrape);
      awaitReady(prometheus);
      try (PrometheusClient client = client(prometheus, "s3cret")) {
        Await.that(
            "Prometheus has scraped our server",
            Duration.ofSeconds(30),
            () ->
                client.query("ours", Instant.now()).samples().stream()
                    .anyMatch(sample -> sample.value() == 7),
            prometheus.process);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void promtool_takes_the_web_configuration_that_our_server_takes(Tools tools) throws Exception {
    OwnedProcess check =
        processes.start(
            "promtool",
            List.of(tools.promtool().toString(), "check", "web-config", webConfig().toString()));
    assertThat(check.await(20, TimeUnit.SECONDS)).as(check.tail(5)).isZero();
  }

  private record Served(String url, OwnedProcess process) {}

  private Served prometheus(Tools tools, String config) throws IOException {
    int port = new Ports().next();
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    OwnedProcess process =
        processes.start(
            "prometheus",
            List.of(
                tools.prometheus().toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.config.file=" + webConfig(),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn"));
    return new Served("https://localhost:" + port, process);
  }

  private static void awaitReady(Served prometheus) throws Exception {
    Await.that(
        "Prometheus answers queries",
        Duration.ofSeconds(30),
        () -> {
          // a client of its own each time: one that failed often leaves the server alone for a
          // while
          try (PrometheusClient client = client(prometheus, "s3cret")) {
            return client.query("1", AT).samples().size() == 1;
          }
        },
        prometheus.process);
  }

  private Path webConfig() throws IOException {
    byte[] hash =
        BCrypt.with(BCrypt.Version.VERSION_2B).hash(4, "s3cret".getBytes(StandardCharsets.UTF_8));
    String yaml =
        """
        tls_server_config:
          cert_file: TLS/server.pem
          key_file: TLS/server.key
          min_version: TLS12
          cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256]
        http_server_config:
          http2: true
          headers:
            X-Frame-Options: deny
            Strict-Transport-Security: max-age=31536000
        basic_auth_users:
          ann: HASH
        """
            .replace("TLS/", TLS + "/")
            .replace("HASH", new String(hash, StandardCharsets.US_ASCII));
    return Files.writeString(folder.resolve("web.yml"), yaml);
  }

  private static PrometheusClient client(Served prometheus, String password) {
    HttpConfig http =
        new HttpConfig(
            new BasicAuth("ann", Secret.of(password), null),
            null,
            new TlsConfig(TLS.resolve("ca.pem"), null, null, null, false),
            false);
    return new PrometheusClient(URI.create(prometheus.url), http, ClientLimits.defaults());
  }

  private static PrometheusException failure(PrometheusClient client, String expr) {
    PrometheusException failure =
        catchThrowableOfType(PrometheusException.class, () -> client.query(expr, AT));
    assertThat(failure).as("the query must fail").isNotNull();
    return failure;
  }
}
