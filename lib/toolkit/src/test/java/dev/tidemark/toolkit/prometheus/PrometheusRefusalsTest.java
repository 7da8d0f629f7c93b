package dev.tidemark.toolkit.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.ScriptedServer;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer that is of no use, and what is said of it. */
class PrometheusRefusalsTest extends HandWrittenAnswers {
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
        row("404", Reason.STATUS, "404: is this a Prometheus'", html(404, "404 page not found")),
        row(
            "a redirect to a login",
            Reason.STATUS,
            "302",
            aResponse().withStatus(302).withHeader("Location", "/login")),
        row(
            "HTML with 200",
            Reason.NOT_JSON,
            "(text/html) is not the API's: a web page",
            html(200, html)),
        row("another API", Reason.NOT_JSON, "no status", json(200, "{\"hello\":\"world\"}")),
        row("a list", Reason.NOT_JSON, "not the API's", json(200, "[1,2]")),
        row("a text", Reason.NOT_JSON, "not the API's", json(200, "\"success\"")),
        row("no data", Reason.NOT_JSON, "no data", json(200, "{\"status\":\"success\"}")),
        row(
            "null data",
            Reason.NOT_JSON,
            "no data",
            json(200, "{\"status\":\"success\",\"data\":null}")),
        row(
            "data of another API",
            Reason.NOT_JSON,
            "no list of results",
            json(200, "{\"status\":\"success\",\"data\":{\"version\":\"1\"}}")),
        row(
            "a result that is no list",
            Reason.NOT_JSON,
            "no list of results",
            json(200, "{\"status\":\"success\",\"data\":{\"result\":{}}}")),
        row(
            "a result of another kind",
            Reason.NOT_JSON,
            "of type streams",
            json(
                200,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}")),
        row(
            "a series without samples",
            Reason.NOT_JSON,
            "no samples",
            json(
                200,
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"a\":\"b\"}}]}}")),
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

  private static Arguments row(
      String what, Reason reason, String message, ResponseDefinitionBuilder reply) {
    return Arguments.of(what, reason, message, reply);
  }
}
