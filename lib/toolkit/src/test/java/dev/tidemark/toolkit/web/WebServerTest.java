package dev.tidemark.toolkit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WebServerTest {
  private static final WebOptions FREE = WebOptions.of(List.of("127.0.0.1:0"), null);

  static Vertx vertx;
  static HttpClient client;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    vertx.close();
  }

  @Test
  void serves_on_every_address_with_the_ports_it_chose() throws Exception {
    WebOptions options = WebOptions.of(List.of("127.0.0.1:0", "localhost:0"), null);
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes)) {
      assertThat(server.addresses()).hasSize(2).allMatch(address -> address.getPort() > 0);
      for (InetSocketAddress address : server.addresses()) {
        assertThat(get(address, "/hello").body()).isEqualTo("hello\n");
      }
      assertThat(server.requiresAuthentication()).isFalse();
    }
  }

  @Test
  void says_which_address_is_taken_and_leaves_nothing_behind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      WebOptions options = WebOptions.of(List.of("127.0.0.1:0", address), null);
      assertThatThrownBy(() -> WebServer.start(vertx, options, WebServerTest::routes))
          .isInstanceOf(WebStartException.class)
          .hasMessage(
              "cannot listen on " + address + ": the address is in use or not this machine's");
    }
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      textBlock =
          """
          localhost,        write host:port
          '',               write host:port
          ::1:80,           write an IPv6 address in brackets
          host:http,        the port must be a number
          host:65536,       the port must be a number
          host:-1,          the port must be a number
          host:,            the port must be a number
          """)
  void refuses_a_wrong_address(String address, String message) {
    WebOptions options = WebOptions.of(List.of(address), null);
    assertThatThrownBy(() -> WebServer.start(vertx, options, WebServerTest::routes))
        .isInstanceOf(WebStartException.class)
        .hasMessageContaining("\"" + address + "\"")
        .hasMessageContaining(message);
  }

  @Test
  void understands_addresses_of_every_interface_and_of_ipv6() throws Exception {
    assertThat(ListenAddress.parse(":9477").bindHost()).isEqualTo("0.0.0.0");
    assertThat(ListenAddress.parse("[::1]:0")).isEqualTo(new ListenAddress("::1", 0));
  }

  @Test
  void answers_errors_in_one_line_without_internals() throws Exception {
    try (WebServer server = WebServer.start(vertx, FREE, WebServerTest::routes)) {
      InetSocketAddress at = server.addresses().get(0);
      assertThat(get(at, "/nothing")).matches(reply -> reply.statusCode() == 404);
      assertThat(get(at, "/nothing").body()).isEqualTo("Not found\n");
      HttpResponse<String> broken = get(at, "/broken");
      assertThat(broken.statusCode()).isEqualTo(500);
      assertThat(broken.body()).isEqualTo("Internal error\n");
      assertThat(post(at, "/hello", new byte[0]).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void makes_browsers_careful_on_every_response() throws Exception {
    try (WebServer server = WebServer.start(vertx, FREE, WebServerTest::routes)) {
      for (String path : List.of("/hello", "/nothing")) {
        var headers = get(server.addresses().get(0), path).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("deny");
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
            .contains("default-src 'none'");
      }
    }
  }

  @Test
  void refuses_a_body_that_says_it_is_too_large() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    WebOptions options = FREE.withMaxBodyBytes(1_000);
    try (WebServer server = WebServer.start(vertx, options, registry, WebServerTest::routes)) {
      InetSocketAddress at = server.addresses().get(0);
      try (RawClient raw = new RawClient(at)) {
        raw.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n");
        assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
      }
      assertThat(turnedAway(registry, "body_too_large")).isEqualTo(1);
    }
  }

  @Test
  void answers_413_to_a_client_that_goes_on_sending_20_MB() throws Exception {
    try (WebServer server = WebServer.start(vertx, FREE, WebServerTest::routes)) {
      HttpResponse<String> reply = post(server.addresses().get(0), "/echo", new byte[20_000_000]);
      assertThat(reply.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void counts_a_chunked_body_that_does_not_say_its_size() throws Exception {
    WebOptions options = FREE.withMaxBodyBytes(1_000);
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        raw.send("1f4\r\n" + "x".repeat(500) + "\r\n");
      }
      assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void takes_a_body_of_exactly_the_limit() throws Exception {
    WebOptions options = FREE.withMaxBodyBytes(1_000);
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes)) {
      HttpResponse<String> reply = post(server.addresses().get(0), "/echo", new byte[1_000]);
      assertThat(reply.body()).isEqualTo("1000\n");
    }
  }

  @Test
  void cuts_off_a_head_that_drips() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    WebOptions options = FREE.withRequestDeadline(Duration.ofMillis(300));
    try (WebServer server = WebServer.start(vertx, options, registry, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      String head = "GET /hello HTTP/1.1\r\nX: " + "y".repeat(4_000) + "\r\n\r\n";
      assertThat(raw.dripUntilClosed(head, 10)).isTrue();
      assertThat(turnedAway(registry, "idle")).isEqualTo(1);
    }
  }

  @Test
  void cuts_off_a_body_that_drips() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    WebOptions options = FREE.withRequestDeadline(Duration.ofMillis(300));
    try (WebServer server = WebServer.start(vertx, options, registry, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4000\r\n\r\n");
      assertThat(raw.dripUntilClosed("y".repeat(4_000), 10)).isTrue();
      assertThat(turnedAway(registry, "deadline")).isEqualTo(1);
    }
  }

  @Test
  void says_408_to_a_request_that_never_ends() throws Exception {
    WebOptions options = FREE.withRequestDeadline(Duration.ofMillis(200));
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 408").contains("request too slow");
    }
  }

  @Test
  void says_503_when_a_route_takes_too_long() throws Exception {
    WebOptions options = FREE.withRequestDeadline(Duration.ofMillis(200));
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 503").contains("took too long");
    }
  }

  @Test
  void closes_a_connection_that_rests_too_long() throws Exception {
    WebOptions options =
        FREE.withRequestDeadline(Duration.ofMillis(100))
            .withConnections(new WebOptions.Connections(10, Duration.ofMillis(300)));
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(raw.readAll()).startsWith("HTTP/1.1 200").endsWith("hello\n");
    }
  }

  @Test
  void keeps_a_used_connection_past_the_deadline_of_one_request() throws Exception {
    WebOptions options =
        FREE.withRequestDeadline(Duration.ofMillis(50))
            .withConnections(new WebOptions.Connections(10, Duration.ofMinutes(5)));
    try (WebServer server = WebServer.start(vertx, options, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0));
        RawClient witness = new RawClient(server.addresses().get(0))) {
      raw.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("hello\n");
      // a fresh connection is cut at the deadline: by then the used one had its chance to be
      assertThat(witness.readAll()).isEmpty();
      raw.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(raw.readUntil("hello\n")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void closes_connections_above_the_bound_and_takes_others_once_there_is_room() throws Exception {
    PrometheusRegistry registry = new PrometheusRegistry();
    WebOptions options = FREE.withConnections(new WebOptions.Connections(2, Duration.ofMinutes(1)));
    try (WebServer server = WebServer.start(vertx, options, registry, WebServerTest::routes)) {
      InetSocketAddress at = server.addresses().get(0);
      try (RawClient first = new RawClient(at);
          RawClient second = new RawClient(at)) {
        first.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("hello\n");
        second.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("hello\n");
        try (RawClient third = new RawClient(at)) {
          assertThat(third.readAll()).isIn("", "<reset>");
        }
        assertThat(turnedAway(registry, "connections")).isEqualTo(1);
        second.send("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readAll();
        // the client may see the end before the server has counted it
        String reply = "";
        for (int i = 0; i < 200 && !reply.startsWith("HTTP/1.1 200"); i++) {
          try (RawClient next = new RawClient(at)) {
            next.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
            reply = next.readUntil("hello\n");
          } catch (java.net.SocketException e) {
            reply = "turned away";
          }
        }
        assertThat(reply).startsWith("HTTP/1.1 200");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a head of 100 kB | GET / HTTP/1.1%Host: h%X: LONG%%              | 431
          a line of 100 kB | GET /LONG HTTP/1.1%Host: h%%                  | 414
          no HTTP at all   | SSH-2.0-OpenSSH_9.2%%                         | 400
          a wrong length   | POST /echo HTTP/1.1%Host: h%Content-Length: x%% | 400
          two lengths      | POST /echo HTTP/1.1%Host: h%Content-Length: 1%Content-Length: 2%% | 400
          """)
  void refuses_what_is_no_request(String what, String request, int status) throws Exception {
    String text = request.replace("LONG", "y".repeat(100_000)).replace("%", "\r\n");
    try (WebServer server = WebServer.start(vertx, FREE, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      try {
        raw.send(text);
      } catch (java.net.SocketException e) {
        // the server has seen enough already
      }
      assertThat(raw.readUntil("\r\n")).matches("HTTP/1.[01] " + status + " .*\r\n");
    }
  }

  @Test
  void drains_what_is_under_way_and_takes_nothing_new() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<RoutingContext> held = new CompletableFuture<>();
    try (WebServer server =
        WebServer.start(
            vertx,
            FREE,
            router ->
                router
                    .get("/held")
                    .handler(
                        context -> {
                          held.complete(context);
                          arrived.countDown();
                        }))) {
      InetSocketAddress at = server.addresses().get(0);
      try (RawClient raw = new RawClient(at);
          RawClient idle = new RawClient(at)) {
        raw.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> drained =
            CompletableFuture.runAsync(() -> server.drain(Duration.ofSeconds(20)));
        // the idle connection is closed as the drain begins
        assertThat(idle.readAll()).isIn("", "<reset>");
        // the listening socket is closed in the same breath, but not before the idle ones
        boolean refused = false;
        for (int i = 0; i < 1_000 && !refused; i++) {
          try {
            new RawClient(at).close();
          } catch (IOException e) {
            refused = true;
          }
        }
        assertThat(refused).isTrue();
        assertThat(drained).isNotDone();
        vertx.runOnContext(now -> held.join().response().end("late"));
        assertThat(raw.readAll()).startsWith("HTTP/1.1 200").endsWith("late");
        drained.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2} is {3}")
  @CsvSource(
      textBlock =
          """
          POST, Sec-Fetch-Site, cross-site,             403
          POST, Sec-Fetch-Site, same-site,              403
          POST, Sec-Fetch-Site, same-origin,            200
          POST, Sec-Fetch-Site, none,                   200
          POST, Origin,         https://evil.example,   403
          POST, Origin,         null,                   403
          POST, Origin,         http://h:1,             200
          POST, X-Nothing,      x,                      200
          GET,  Sec-Fetch-Site, cross-site,             405
          """)
  void refuses_what_another_site_makes_a_browser_send(
      String method, String header, String value, int status) throws Exception {
    try (WebServer server = WebServer.start(vertx, FREE, WebServerTest::routes);
        RawClient raw = new RawClient(server.addresses().get(0))) {
      raw.send(
          method
              + " /echo HTTP/1.1\r\nHost: h:1\r\nContent-Length: 0\r\n"
              + header
              + ": "
              + value
              + "\r\n\r\n");
      assertThat(raw.readUntil("\r\n")).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void tells_healthy_and_ready_apart() throws Exception {
    boolean[] ready = {false};
    try (WebServer server =
        WebServer.start(
            vertx,
            FREE,
            router ->
                Health.mount(
                    router,
                    "Tidemark",
                    () ->
                        ready[0]
                            ? java.util.Optional.empty()
                            : java.util.Optional.of("backfill at 40 %")))) {
      InetSocketAddress at = server.addresses().get(0);
      assertThat(get(at, "/-/healthy").body()).isEqualTo("Tidemark is healthy.\n");
      assertThat(get(at, "/-/ready").statusCode()).isEqualTo(503);
      assertThat(get(at, "/-/ready").body()).isEqualTo("Tidemark is not ready: backfill at 40 %\n");
      ready[0] = true;
      assertThat(get(at, "/-/ready").statusCode()).isEqualTo(200);
    }
  }

  static void routes(Router router) {
    router.get("/hello").handler(context -> context.end("hello\n"));
    router.get("/never").handler(context -> {});
    router
        .get("/broken")
        .handler(
            context -> {
              throw new IllegalStateException("secret detail");
            });
    router
        .post("/echo")
        .handler(
            context -> {
              var body = context.body().buffer();
              context.end((body == null ? 0 : body.length()) + "\n");
            });
  }

  static HttpResponse<String> get(InetSocketAddress at, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri(at, path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(InetSocketAddress at, String path, byte[] body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(at, path))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  static URI uri(InetSocketAddress at, String path) {
    return URI.create("http://127.0.0.1:" + at.getPort() + path);
  }

  static double turnedAway(PrometheusRegistry registry, String reason) {
    return registry.scrape(name -> name.equals("tidemark_web_turned_away_total")).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> reason.equals(point.getLabels().get("reason")))
        .mapToDouble(point -> ((CounterSnapshot.CounterDataPointSnapshot) point).getValue())
        .sum();
  }
}
