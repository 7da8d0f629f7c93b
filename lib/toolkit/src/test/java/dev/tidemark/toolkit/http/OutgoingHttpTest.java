package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingLimits.Breaker;
import dev.tidemark.toolkit.http.OutgoingLimits.Retries;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutgoingHttpTest {
  private static final Bounds BOUNDS = new Bounds(10_000, Duration.ofSeconds(20));
  private static final Bounds BRIEF = new Bounds(10_000, Duration.ofMillis(400));
  private static final OutgoingLimits QUICK =
      OutgoingLimits.defaults().withRetries(new Retries(3, Duration.ofMillis(1)));

  private final PrometheusRegistry registry = new PrometheusRegistry();

  @Test
  void sends_what_it_is_given_and_returns_the_reply() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(201, "X-Kind: test\r\n", "made"));
        OutgoingHttp http = http(QUICK)) {
      OutgoingRequest request =
          OutgoingRequest.post(server.uri("/a%20b?c=%2F"), "text/plain", utf8("hällo"))
              .withHeader("Idempotency-Key", "7");
      Reply reply = http.send(request, BOUNDS);
      assertThat(reply.status()).isEqualTo(201);
      assertThat(reply.ok()).isTrue();
      assertThat(reply.text()).isEqualTo("made");
      assertThat(reply.headers().firstValue("x-kind")).contains("test");
      assertThat(server.requests().get(0))
          .startsWith("POST /a%20b?c=%2F HTTP/1.1\r\n")
          .contains("Host: 127.0.0.1:" + server.port())
          .contains("Idempotency-Key: 7")
          .endsWith("\r\n\r\nhällo");
    }
  }

  @Test
  void writes_forms_as_browsers_do() throws Exception {
    OutgoingRequest form =
        OutgoingRequest.form(
            URI.create("http://h/"),
            new java.util.TreeMap<>(java.util.Map.of("query", "a{b=\"c d\"} + 1")));
    assertThat(new String(form.body(), StandardCharsets.US_ASCII))
        .isEqualTo("query=a%7Bb%3D%22c+d%22%7D+%2B+1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/",
        "file:///etc/passwd",
        "/relative",
        "http:///x",
        "http://user:secret@h/",
        "jar:http://h!/",
        "http://0251.0376.0251.0376/"
      })
  void refuses_urls_that_are_none_for_it(String url) {
    var refused =
        catchThrowableOfType(
            IllegalArgumentException.class, () -> OutgoingRequest.get(URI.create(url)));
    assertThat(refused).isNotNull().hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void repeats_what_may_be_repeated_until_it_works(int status) throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) ->
                    wire.reply(count.incrementAndGet() < 3 ? status : 200, "", "ok"));
        OutgoingHttp http = http(QUICK)) {
      assertThat(http.send(OutgoingRequest.get(server.uri("/")), BOUNDS).status()).isEqualTo(200);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void returns_the_last_reply_when_every_attempt_failed() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(503, "", "down"));
        OutgoingHttp http = http(QUICK)) {
      Reply reply = http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).isEqualTo("down");
      assertThat(server.requests()).hasSize(3);
      assertThat(calls("status_5xx")).isEqualTo(1);
    }
  }

  @Test
  void sends_what_must_not_be_repeated_once_and_says_it_may_have_arrived() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> {});
        OutgoingHttp http = http(QUICK)) {
      OutgoingRequest post = OutgoingRequest.post(server.uri("/"), "text/plain", utf8("x"));
      HttpFailure failure = failure(http, post, BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.BROKEN);
      assertThat(failure.mayHaveBeenReceived()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 409, 422, 501})
  void does_not_repeat_what_another_attempt_would_not_change(int status) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(status, "", ""));
        OutgoingHttp http = http(QUICK)) {
      assertThat(http.send(OutgoingRequest.get(server.uri("/")), BOUNDS).status())
          .isEqualTo(status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void says_that_a_refused_connection_received_nothing() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (OutgoingHttp http = http(QUICK)) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/token-in-path");
      HttpFailure failure = failure(http, OutgoingRequest.get(uri), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure.mayHaveBeenReceived()).isFalse();
      assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
      assertThat(failure).hasMessageNotContaining("token-in-path");
      assertThat(calls("unreachable")).isEqualTo(1);
    }
  }

  @Test
  void says_that_a_name_does_not_resolve() throws Exception {
    try (OutgoingHttp http = http(QUICK)) {
      HttpFailure failure =
          failure(http, OutgoingRequest.get(URI.create("http://nowhere.invalid/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
      assertThat(failure).hasMessageContaining("nowhere.invalid");
    }
  }

  static Stream<Arguments> broken() {
    String head = "HTTP/1.1 200 OK\r\n";
    ScriptedServer.Script cut =
        (request, wire) -> wire.send(head + "Content-Length: 100\r\n\r\nhalf");
    ScriptedServer.Script cutChunk =
        (request, wire) -> wire.send(head + "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf");
    ScriptedServer.Script noHttp = (request, wire) -> wire.send("220 smtp.example ESMTP\r\n\r\n");
    ScriptedServer.Script drip =
        (request, wire) -> {
          wire.send(head + "Content-Length: 9000\r\n\r\n");
          for (int i = 0; i < 9_000; i++) {
            wire.send("x");
            new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
          }
        };
    ScriptedServer.Script mute = (request, wire) -> new CountDownLatch(1).await();
    ScriptedServer.Script muteBody =
        (request, wire) -> {
          wire.send(head + "Content-Length: 9000\r\n\r\n");
          new CountDownLatch(1).await();
        };
    ScriptedServer.Script huge =
        (request, wire) -> {
          wire.send(head + "Content-Length: 99999999999\r\n\r\n");
          new CountDownLatch(1)
              .await(); // a connection that ends is broken, whichever is seen first
        };
    ScriptedServer.Script endless =
        (request, wire) -> {
          wire.send(head + "\r\n");
          while (true) {
            wire.send(new byte[8192]);
          }
        };
    ScriptedServer.Script bomb =
        (request, wire) -> {
          byte[] bytes = gzip(new byte[50_000_000]);
          wire.send(
              head + "Content-Encoding: gzip\r\nContent-Length: " + bytes.length + "\r\n\r\n");
          wire.send(bytes);
        };
    ScriptedServer.Script badGzip =
        (request, wire) -> wire.reply(200, "Content-Encoding: gzip\r\n", "not gzip at all");
    ScriptedServer.Script brotli =
        (request, wire) -> wire.reply(200, "Content-Encoding: br\r\n", "x");
    ScriptedServer.Script endlessHead =
        (request, wire) -> {
          wire.send(head);
          while (true) {
            wire.send("X-Y: " + "z".repeat(1_000) + "\r\n");
          }
        };
    return Stream.of(
        Arguments.of("a body cut short", cut, Reason.BROKEN),
        Arguments.of("a chunk cut short", cutChunk, Reason.BROKEN),
        Arguments.of("no HTTP", noHttp, Reason.BROKEN),
        Arguments.of("a body that drips", drip, Reason.TIMEOUT),
        Arguments.of("no reply", mute, Reason.TIMEOUT),
        Arguments.of("no body", muteBody, Reason.TIMEOUT),
        Arguments.of("a huge length", huge, Reason.TOO_LARGE),
        Arguments.of("a body without end", endless, Reason.TOO_LARGE),
        Arguments.of("a gzip bomb", bomb, Reason.TOO_LARGE),
        Arguments.of("broken gzip", badGzip, Reason.BROKEN),
        Arguments.of("another encoding", brotli, Reason.BROKEN),
        Arguments.of("a head without end", endlessHead, Reason.TIMEOUT));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("broken")
  void says_why_a_reply_cannot_be_used(String what, ScriptedServer.Script script, Reason reason)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        OutgoingHttp http = http(QUICK)) {
      OutgoingRequest post = OutgoingRequest.post(server.uri("/"), "text/plain", utf8("x"));
      Bounds bounds = reason == Reason.TIMEOUT ? BRIEF : BOUNDS;
      HttpFailure failure = failure(http, post, bounds);
      // the JDK bounds heads from some version on; before, only the deadline does
      assertThat(failure.reason())
          .isIn(
              what.equals("a head without end")
                  ? new Object[] {reason, Reason.BROKEN}
                  : new Object[] {reason});
      assertThat(failure.mayHaveBeenReceived()).isTrue();
      assertThat(calls(failure.reason().label())).isEqualTo(1);
    }
  }

  @Test
  void unpacks_gzip() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) -> {
                  byte[] bytes = gzip(utf8("unpacked"));
                  wire.send(
                      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: "
                          + bytes.length
                          + "\r\n\r\n");
                  wire.send(bytes);
                });
        OutgoingHttp http = http(QUICK)) {
      assertThat(http.send(OutgoingRequest.get(server.uri("/")), BOUNDS).text())
          .isEqualTo("unpacked");
      assertThat(server.requests().get(0)).contains("Accept-Encoding: gzip");
    }
  }

  @Test
  void leaves_a_failing_destination_alone() throws Exception {
    OutgoingLimits limits = QUICK.withBreaker(new Breaker(4, 4, 50, Duration.ofHours(1)));
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(500, "", ""));
        OutgoingHttp http = http(limits)) {
      OutgoingRequest post = OutgoingRequest.post(server.uri("/"), "text/plain", utf8("x"));
      for (int i = 0; i < 4; i++) {
        assertThat(http.send(post, BOUNDS).status()).isEqualTo(500);
      }
      HttpFailure failure = failure(http, post, BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.BREAKER_OPEN);
      assertThat(failure)
          .hasMessageEndingWith("left alone for 1h at a time, last: it answered 500");
      assertThat(failure.mayHaveBeenReceived()).isFalse();
      assertThat(http.isLeftAlone()).isTrue();
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void says_why_a_destination_that_is_left_alone_was_not_reached() throws Exception {
    OutgoingLimits limits = QUICK.withBreaker(new Breaker(4, 4, 50, Duration.ofHours(1)));
    ScriptedServer gone = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
    OutgoingRequest post = OutgoingRequest.post(gone.uri("/"), "text/plain", utf8("x"));
    gone.close();
    try (OutgoingHttp http = http(limits)) {
      String why = "";
      HttpFailure failure = failure(http, post, BOUNDS);
      for (int i = 0; i < 8 && failure.reason() != Reason.BREAKER_OPEN; i++) {
        why = String.valueOf(failure.getMessage());
        failure = failure(http, post, BOUNDS);
      }
      assertThat(failure.reason()).isEqualTo(Reason.BREAKER_OPEN);
      assertThat(why).isNotEmpty();
      assertThat(failure).hasMessageEndingWith(", last: " + why);
    }
  }

  @Test
  void comes_back_to_a_destination_that_recovered() throws Exception {
    OutgoingLimits limits = QUICK.withBreaker(new Breaker(4, 4, 50, Duration.ofMillis(1)));
    boolean[] down = {true};
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(down[0] ? 500 : 200, "", ""));
        OutgoingHttp http = http(limits)) {
      OutgoingRequest post = OutgoingRequest.post(server.uri("/"), "text/plain", utf8("x"));
      for (int i = 0; i < 4; i++) {
        http.send(post, BOUNDS);
      }
      down[0] = false;
      int status = 0;
      for (int i = 0; i < 1_000 && status != 200; i++) {
        try {
          status = http.send(post, BOUNDS).status();
        } catch (HttpFailure e) {
          assertThat(e.reason()).isEqualTo(Reason.BREAKER_OPEN);
        }
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void refusals_do_not_open_the_breaker() throws Exception {
    OutgoingLimits limits = QUICK.withBreaker(new Breaker(4, 4, 50, Duration.ofHours(1)));
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(404, "", ""));
        OutgoingHttp http = http(limits)) {
      for (int i = 0; i < 10; i++) {
        http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      }
      assertThat(http.isLeftAlone()).isFalse();
    }
  }

  @Test
  void bounds_the_calls_at_a_time() throws Exception {
    OutgoingLimits one =
        new OutgoingLimits(
            1, Duration.ofMillis(20), Duration.ofSeconds(5), QUICK.retry(), QUICK.breaker());
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) -> {
                  arrived.countDown();
                  release.await();
                  wire.reply(200, "", "");
                });
        OutgoingHttp http = http(one)) {
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return http.send(OutgoingRequest.get(server.uri("/")), BOUNDS).status();
                } catch (HttpFailure e) {
                  throw new IllegalStateException(e);
                }
              });
      arrived.await();
      HttpFailure failure = failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.BUSY);
      assertThat(failure.mayHaveBeenReceived()).isFalse();
      release.countDown();
      assertThat(first.get()).isEqualTo(200);
      assertThat(http.send(OutgoingRequest.get(server.uri("/")), BOUNDS).ok()).isTrue();
    }
  }

  @Test
  void gives_the_reply_to_a_reader_and_passes_its_own_failure_on() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", "12"));
        OutgoingHttp http = http(QUICK)) {
      OutgoingRequest get = OutgoingRequest.get(server.uri("/"));
      int sum = http.stream(get, BOUNDS, (status, headers, body) -> body.read() + body.read());
      assertThat(sum).isEqualTo('1' + '2');
      var own =
          catchThrowableOfType(
              java.text.ParseException.class,
              () ->
                  http.stream(
                      get,
                      BOUNDS,
                      (status, headers, body) -> {
                        throw new java.text.ParseException("no number", 3);
                      }));
      assertThat(own).hasMessage("no number");
      assertThat(http.send(get, BOUNDS).ok()).isTrue();
    }
  }

  @Test
  void ends_when_the_thread_is_interrupted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) -> {
                  arrived.countDown();
                  new CountDownLatch(1).await();
                });
        OutgoingHttp http = http(QUICK)) {
      CompletableFuture<Reason> ended = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () ->
                  ended.complete(
                      failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS).reason()));
      caller.start();
      arrived.await();
      caller.interrupt();
      assertThat(ended.get()).isEqualTo(Reason.INTERRUPTED);
    }
  }

  @Test
  void takes_no_calls_once_closed() throws Exception {
    OutgoingHttp http = http(QUICK);
    http.close();
    HttpFailure failure =
        failure(http, OutgoingRequest.get(URI.create("http://127.0.0.1:1/")), BOUNDS);
    assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
  }

  private OutgoingHttp http(OutgoingLimits limits) {
    return new OutgoingHttp(
        "test", HttpConfig.NONE, limits, AddressPolicy.any(), new OutgoingMetrics(registry));
  }

  static HttpFailure failure(OutgoingHttp http, OutgoingRequest request, Bounds bounds) {
    HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(request, bounds));
    assertThat(failure).as("the call must fail").isNotNull();
    return failure;
  }

  private double calls(String outcome) {
    return registry.scrape(name -> name.equals("tidemark_outgoing_calls_total")).stream()
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .filter(point -> outcome.equals(point.getLabels().get("outcome")))
        .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
        .sum();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
